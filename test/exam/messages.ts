import { NORMAL_THRESHOLD } from "../../src/detector/verdict/threshold.ts";
import { type AlertLimits, defaultAlertLimits } from "../../src/notifications/alert-limit.ts";
import { WEEK } from "../../src/time/time.ts";
import { pointAt, type Sat } from "./curve.ts";
import { share } from "./figures.ts";
import { type ExamPosts, isRoot, livedThrough, within } from "./incidents.ts";
import { type ExamLabels, isActionable, scoreAlerts } from "./score.ts";

/** What of the exam is told, and what it costs in messages, as rows of a table: one for each way of telling it. */
export function messageRows(sat: readonly Sat[]): string[][] {
  const own = pointAt(sat, NORMAL_THRESHOLD);
  const unlimited: AlertLimits = { watch: [], channel: [] };
  return [
    ["the detector alone", share(own.recall), own.falseRate.toFixed(2), "", "", "", "", "", ""],
    ["with incidents", ...figures(sat, unlimited)],
    ["and the alert budget", ...figures(sat, defaultAlertLimits)],
  ];
}

/** The columns of `messageRows`. */
export const messageHead: readonly string[] = [
  "at the threshold of normal",
  "actionable incidents found",
  "false messages",
  "new messages",
  "all that is said",
  "reminders",
  "told in a digest",
  "new messages an incident of ours",
  "new messages an incident found",
];

function figures(sat: readonly Sat[], alertLimits: AlertLimits): string[] {
  const lived = sat.map(({ labels, evidence }, i) => ({
    labels,
    posted: scored(livedThrough(`s${i}`, evidence, alertLimits), labels),
  }));
  const weeks = sum(lived.map(({ labels }) => lengthOf(labels) / WEEK));
  const all = lived.flatMap(({ posted }) => posted.posts);
  const roots = all.filter(isRoot);
  const lastNotified = new Set(
    lived.flatMap(({ posted }, i) => posted.posts.map(({ incidentId }) => `${i} ${incidentId}`)),
  );
  const reminders = all.filter(({ what }) => what === "reminder" || what === "last-reminder");
  const perWeek = (things: readonly unknown[]) => (things.length / weeks).toFixed(2);
  const digested = all.filter(({ what }) => what === "digest");
  return [
    share(recallOf(lived)),
    falseRateOf(lived).toFixed(2),
    perWeek(roots),
    perWeek(all),
    perWeek(reminders),
    perWeek(digested),
    (roots.length / (lastNotified.size - inOverflowOnly(lived))).toFixed(2),
    rootsAFound(lived).toFixed(2),
  ];
}

interface Lived {
  readonly labels: ExamLabels;
  readonly posted: ExamPosts;
}

/** Found is what people saw: in a message that was open while its hours were off, in the incident's direction. */
function recallOf(lived: readonly Lived[]): number {
  const actionable = lived
    .flatMap(({ labels, posted }) => scoreAlerts(posted.shown, labels).found)
    .filter(({ incident }) => isActionable(incident));
  return actionable.filter(({ delays }) => delays.length > 0).length / Math.max(1, actionable.length);
}

/** How many messages of its own an incident of the exam brought that brought any. */
function rootsAFound(lived: readonly Lived[]): number {
  const counts = lived
    .flatMap(({ labels, posted }) => scoreAlerts(posted.posts.filter(isRoot), labels).found)
    .map(({ delays }) => delays.length)
    .filter((count) => count > 0);
  return sum(counts) / Math.max(1, counts.length);
}

function falseRateOf(lived: readonly Lived[]): number {
  const each = lived.map(({ labels, posted }) => scoreAlerts(posted.posts.filter(isRoot), labels));
  return sum(each.map(({ falseAlerts }) => falseAlerts.length)) / sum(each.map(({ weeks }) => weeks));
}

/** Incidents that never had a message of their own. */
const inOverflowOnly = (lived: readonly Lived[]): number =>
  sum(
    lived.map(({ posted: { posts } }) => {
      const rooted = new Set(posts.filter(isRoot).map(({ incidentId }) => incidentId));
      return new Set(posts.map(({ incidentId }) => incidentId).filter((id) => !rooted.has(id))).size;
    }),
  );

const scored = ({ posts, shown }: ExamPosts, { scored_from, scored_to }: ExamLabels): ExamPosts => {
  const [from, to] = [Date.parse(scored_from), Date.parse(scored_to)];
  return { posts: within(posts, from, to), shown: within(shown, from, to) };
};

const lengthOf = ({ scored_from, scored_to }: ExamLabels): number =>
  Date.parse(scored_to) - Date.parse(scored_from);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

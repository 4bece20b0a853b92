import { type HealthIssueKind, healthCheck, titleOf } from "../health/checks.ts";
import type { Account, DailyStatus } from "../health/daily-status.ts";
import type { HealthIssue } from "../health/health-issue.ts";
import { HOUR, MINUTE } from "../time/time.ts";
import { count, counted } from "./numbers.ts";
import { code, joined, name, strong, type Text, text, time } from "./text.ts";

/** A message for the people who run Tidewatch. */
export interface HealthText {
  readonly headline: Text;
  /** The same in fewer words, for a phone on which the headline does not fit. */
  readonly brief?: Text;
  readonly paragraphs: readonly Text[];
  readonly footer: readonly Text[];
}

/** What hides only a part, or only for a while. */
const MINOR: ReadonlySet<HealthIssueKind> = new Set(["late", "not-evaluated", "message", "quota", "behind"]);

/** The maximum names that are listed. */
const NAMES = 10;

/** The longest quoted response that is shown. */
const LONGEST = 600;

/** What is wrong in a few words. */
export const healthIssueTitle = ({ kind, what }: Pick<HealthIssue, "kind" | "what">): Text =>
  titleOf({ kind, what }, (first) => name(first, 80));

/** A health issue in its present state. */
export const healthIssueText = (healthIssue: HealthIssue): HealthText =>
  healthIssue.overAt === undefined ? open(healthIssue) : resolved(healthIssue);

function open(healthIssue: HealthIssue): HealthText {
  const { kind, since, detail, advice } = healthIssue;
  const title = healthIssueTitle(healthIssue);
  const mark = MINOR.has(kind) ? "🟠" : "🔴";
  return {
    headline: text`${mark} ${title}: ${quoted(detail, 200)}`,
    brief: text`${mark} ${title}`,
    paragraphs: [
      text`${mark} ${strong(title)} since ${time(since)}`,
      text`${capital(quoted(detail))}.\n${quoted(advice)}`,
      ...namesOf(healthIssue),
    ],
    footer: [[healthCheck(kind).consequence]],
  };
}

function resolved(healthIssue: HealthIssue): HealthText {
  const title = healthIssueTitle(healthIssue);
  const { since, detail } = healthIssue;
  return {
    headline: text`✅ Resolved after ${lasted(healthIssue)}: ${title}`,
    paragraphs: [
      text`✅ ${strong(text`Resolved: ${title}`)}, for ${lasted(healthIssue)} from ${time(since)}`,
      text`Cause: ${quoted(detail)}.`,
    ],
    footer: [],
  };
}

/** The end of a health issue, in its thread. */
export function healthIssueOver(healthIssue: HealthIssue): HealthText {
  const headline = text`✅ Resolved after ${lasted(healthIssue)}: ${healthIssueTitle(healthIssue)}`;
  return { headline, paragraphs: [text`${headline}.`], footer: [] };
}

/** The affected names, where the headline cannot list them all. */
function namesOf({ what }: HealthIssue): Text[] {
  if (what.length < 2) return [];
  const names = what.slice(0, NAMES).map((one) => [name(one, 80)]);
  const more = what.length > NAMES ? ` and ${count(what.length - NAMES)} more` : "";
  return [text`Affected: ${joined(names, ", ")}${more}.`];
}

/** The duration, to the minute if it was short. */
function lasted({ since, overAt = since }: HealthIssue): string {
  const span = Math.max(0, overAt - since);
  if (span < 90 * MINUTE) return counted(Math.max(1, Math.round(span / MINUTE)), "minute");
  return span < 48 * HOUR
    ? counted(Math.round(span / HOUR), "hour")
    : counted(Math.round(span / (24 * HOUR)), "day");
}

/** The account of the last full day. */
export function dailyStatusText({
  day,
  hours,
  days,
  watches,
  muted,
  incidents,
  openIssues,
  withoutSends = [],
}: DailyStatus): HealthText {
  const accounts = [
    ...(hours.due > 0 ? [`${evaluated(hours)} hours`] : []),
    ...(days.due > 0 ? [`${evaluated(days)} days`] : []),
  ];
  const notEvaluated = hours.notEvaluated + days.notEvaluated;
  const gaps = hours.gaps + days.gaps;
  const facts = [
    `${accounts.join(" and ")} evaluated`,
    ...(notEvaluated > 0 ? [`${count(notEvaluated)} could not be evaluated`] : []),
    ...(gaps > 0 ? [counted(gaps, "gap")] : []),
    incidents > 0 ? counted(incidents, "incident") : "no incident",
    ...(muted > 0 ? [`${counted(muted, "watch")} muted`] : []),
    ...(openIssues > 0 ? [`${counted(openIssues, "open health issue")}`] : []),
  ].join(", ");
  const isWell = notEvaluated + gaps + openIssues === 0;
  const headline = text`${isWell ? "✅" : "🟠"} ${time(Date.parse(day.date), "day")}: ${facts}`;
  return {
    headline,
    paragraphs: [text`${headline}.`, ...withoutSends.map(hintOfSends)],
    footer: [text`Daily status report: ${counted(watches, "watch")}`],
  };
}

/** What a key could do that it may not: once, where nothing is wrong. */
const hintOfSends = (workspace: string): Text =>
  text`💡 Tidewatch could take into account what ${name(workspace)} sends, so that a push does not look like a spike. For that, its REST API key needs the permission ${code("messages.schedule_broadcasts")}; ${code("BRAZE_SENDS=off")} does without it.`;

const evaluated = ({ evaluated, due }: Account): string =>
  evaluated === due ? `all ${count(due)}` : `${count(evaluated)} of ${count(due)}`;

/** What somebody else wrote, on one line; people copy setting names and error codes from it. */
const quoted = (words: string, max = LONGEST): string =>
  (words.length > max ? `${words.slice(0, max - 1)}…` : words)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ");

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

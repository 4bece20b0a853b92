import type { Label } from "../incidents/label.ts";
import type { Suggestion } from "../reports/suggest.ts";
import { type Period, type Review, totalOf, type WatchReview } from "../reports/weekly-review.ts";
import type { ProductChange } from "../series/product-changes.ts";
import type { Sensitivity } from "../settings/watch.ts";
import { HOUR } from "../time/time.ts";
import { count, counted } from "./numbers.ts";
import { joined, link, name, strong, type Text, text } from "./text.ts";
import { plainWhen } from "./times.ts";

/** All that the weekly review of a channel says. */
export interface ReviewText {
  readonly title: string;
  /** The sums over all watches, after the title. */
  readonly totals: string;
  /** The watches with something to report, those with most incidents first. */
  readonly watches: readonly Text[];
  readonly suggestions: readonly Text[];
  /** What changed in the product, in one line; none if nothing did. */
  readonly productChanges: readonly Text[];
  readonly footer: readonly string[];
}

/** The title of what does not fit into the message of a review. */
export const otherWatches = "The other watches";

/** The maximum suggestions, because people follow one or two a week. */
const SUGGESTED = 3;

/** The weekly review: a summary line, then each watch with incidents, then the suggestions. */
export function reviewText({ watches, changes, period, productChanges = [] }: Review): ReviewText {
  const busy = watches.filter((watch) => watch.incidents > 0 || watch.notEvaluated > 0 || watch.isMuted);
  const [first, ...more] = totalInWords(totalOf(watches), changes) as [string, ...string[]];
  const calm = watches.length - busy.length;
  return {
    title: `🗓️ ${daysOf(period)}: ${first}`,
    totals: more.join(", "),
    watches: busy.map(watchLine),
    suggestions: watches
      .flatMap(({ title, suggestion }) =>
        suggestion ? [text`💡 ${strong([name(title)])}: ${suggestionInWords(suggestion)}`] : [],
      )
      .slice(0, SUGGESTED),
    productChanges: changesLine(productChanges),
    footer: [counted(watches.length, "watch"), ...(calm > 0 ? [`${count(calm)} without an incident`] : [])],
  };
}

/** How many product changes a review names, the newest first. */
const NAMED_CHANGES = 8;

/** `🚀 Changed: iOS 5.2 released (Tue 16 Jun 14:00)`. */
function changesLine(changes: readonly ProductChange[]): Text[] {
  if (changes.length === 0) return [];
  const newest = changes.toReversed().slice(0, NAMED_CHANGES);
  const named = newest.map(({ name: called, time: when, link: address }) => {
    const more = address === undefined ? [] : text`, ${link(address, "details")}`;
    return text`${name(called)} (${plainWhen(when, "hour")}${more})`;
  });
  const rest = changes.length - newest.length;
  return [text`🚀 ${strong("Changed")}: ${joined(named, ", ")}${rest > 0 ? ` and ${count(rest)} more` : ""}`];
}

/** A watch, with its newest incidents, each linked to its message. */
function watchLine(watch: WatchReview): Text {
  const { title, lastNotified = [] } = watch;
  const links = lastNotified.map(({ openedAt, address }) => [link(address, plainWhen(openedAt, "hour"))]);
  const line = text`• ${strong([name(title)])}: ${watchInWords(watch)}`;
  return links.length === 0 ? line : text`${line}\n    ${joined(links, "  ·  ")}`;
}

/** `Mon 15 Jun – Sun 21 Jun`. Noon of a day has the same date in most time zones. */
const daysOf = ({ from, to }: Period): string =>
  `${plainWhen(from + 12 * HOUR, "day")} – ${plainWhen(to - 12 * HOUR, "day")}`;

const percent = (share: number): string => `${Math.round(100 * share)}%`;

const labelWords: Readonly<Record<Label, string>> = {
  real: "real",
  expected: "expected",
  "false-alarm": "false alarm",
  "new-normal": "a new normal",
};

/** `2 real, 1 false alarm: precision 67%`; empty without labels. */
function labelledInWords(
  labels: Readonly<Record<Label, number>>,
  precision: number | undefined,
): string | undefined {
  const given = (Object.keys(labelWords) as Label[])
    .filter((label) => labels[label] > 0)
    .map((label) => `${labels[label]} ${labelWords[label]}`);
  if (given.length === 0) return undefined;
  return `${given.join(", ")}${precision === undefined ? "" : `: precision ${percent(precision)}`}`;
}

/** The review of one watch in words, without its name. */
export function watchInWords(watch: WatchReview): string {
  const { incidents, critical, labels, precision, detection, notEvaluated, overLimit, muted, isMuted } =
    watch;
  const facts = [
    `${counted(incidents, "incident")}${critical > 0 ? ` (${critical} critical)` : ""}`,
    labelledInWords(labels, precision),
    detection === undefined
      ? undefined
      : `alerted after ${counted(Math.max(1, Math.round(detection / HOUR)), "hour")}`,
    overLimit > 0 ? `${overLimit} over the alert limit, in an overflow summary` : undefined,
    muted > 0 ? `${muted} not posted because of a mute` : undefined,
    notEvaluated > 0 ? `${counted(notEvaluated, "bucket")} not evaluated` : undefined,
    isMuted ? "muted now" : undefined,
  ];
  return facts.filter((fact) => fact !== undefined).join("; ");
}

/** The sums over all watches in words. */
export function totalInWords(
  {
    labels,
    precision,
    incidents,
    unlabelled,
    evaluated,
    notEvaluated,
    messages,
    overLimit,
  }: ReturnType<typeof totalOf>,
  changes: number,
): string[] {
  const due = evaluated + notEvaluated;
  return [
    `${counted(incidents, "incident")} in ${counted(messages, "message")}${overLimit > 0 ? `, ${overLimit} over the alert limit` : ""}`,
    labelledInWords(labels, precision) ?? "no labels, so the precision is unknown",
    ...(unlabelled > 0 && unlabelled < incidents
      ? [`${counted(unlabelled, "incident")} without a label`]
      : []),
    due === 0 ? "nothing was due" : `${shareOf(evaluated, due)} of all hours evaluated`,
    ...(changes > 0 ? [counted(changes, "change")] : []),
  ];
}

// Rounds down: 99.96% is not all.
const shareOf = (evaluated: number, due: number): string =>
  evaluated === due ? "100%" : `${(Math.floor((1_000 * evaluated) / due) / 10).toFixed(1)}%`;

/** The effect of a suggestion in words. */
export const suggestionInWords = ({ present, suggested, real }: Suggestion): string =>
  `sensitivity ${sensitivityInWords(suggested.sensitivity)} would have alerted ${suggested.alerts} times instead of ${present.alerts} over the stored history. ${foundInWords(suggested.missed, real)}`;

function foundInWords(missed: number, real: number): string {
  if (real === 0) return "None of these incidents is labeled real.";
  if (missed > 0)
    return `It would have missed ${missed} of the ${real} incidents labeled real, as the present sensitivity does.`;
  return real === 1
    ? "It would not have missed the incident labeled real."
    : `It would have missed none of the ${real} incidents labeled real.`;
}

const sensitivityInWords = (sensitivity: Sensitivity): string =>
  typeof sensitivity === "string" ? sensitivity : `${sensitivity.alertsPerMonth}/month`;

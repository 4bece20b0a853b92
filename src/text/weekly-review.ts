import type { Label } from "../incidents/label.ts";
import type { Suggestion } from "../reports/suggest.ts";
import type { totalOf, WatchReview } from "../reports/weekly-review.ts";
import type { Sensitivity } from "../settings/watch.ts";
import { HOUR } from "../time/time.ts";

const many = (n: number, noun: string): string => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const labelWords: Readonly<Record<Label, string>> = {
  real: "real",
  expected: "expected",
  "false-alarm": "false",
  "new-normal": "a new normal",
};

/** `2 real, 1 false: precision 67 %`; empty without labels. */
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
    `${many(incidents, "incident")}${critical > 0 ? ` (${critical} critical)` : ""}`,
    labelledInWords(labels, precision),
    detection === undefined
      ? undefined
      : `told after ${many(Math.max(1, Math.round(detection / HOUR)), "hour")}`,
    overLimit > 0 ? `${overLimit} in a digest, beyond the budget` : undefined,
    muted > 0 ? `${muted} kept quiet by a mute` : undefined,
    notEvaluated > 0 ? `${many(notEvaluated, "bucket")} not judged` : undefined,
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
    `${many(incidents, "incident")} in ${many(messages, "message")}${overLimit > 0 ? `, ${overLimit} beyond the budget in a digest` : ""}`,
    labelledInWords(labels, precision) ?? "nothing labelled, so that no precision is known",
    ...(unlabelled > 0 && unlabelled < incidents ? [`${many(unlabelled, "incident")} without a label`] : []),
    due === 0 ? "nothing was due" : `${shareOf(evaluated, due)} of all hours judged`,
    ...(changes > 0 ? [many(changes, "change")] : []),
  ];
}

// Rounds down: 99.96 % is not all.
const shareOf = (evaluated: number, due: number): string =>
  evaluated === due ? "100 %" : `${(Math.floor((1_000 * evaluated) / due) / 10).toFixed(1)} %`;

/** The effect of a suggestion in words. */
export const suggestionInWords = ({ present, suggested, real }: Suggestion): string =>
  `at ${sensitivityInWords(suggested.sensitivity)} it would have said ${suggested.said} instead of ${present.said} in all that is stored, ${foundInWords(suggested.missed, real)}`;

function foundInWords(missed: number, real: number): string {
  if (real === 0) return "of which nothing was labelled real";
  if (missed > 0) return `and missed ${missed} of the ${real} labelled real, as it does now`;
  return real === 1 ? "and not missed the one labelled real" : `and missed none of the ${real} labelled real`;
}

const sensitivityInWords = (sensitivity: Sensitivity): string =>
  typeof sensitivity === "string" ? sensitivity : `${sensitivity.alertsPerMonth}/month`;

import type { Label } from "../incidents/label.ts";
import { ENOUGH_LABELS } from "../reports/precision.ts";
import { type Review, totalOf } from "../reports/weekly-review.ts";
import { HOUR } from "../time/time.ts";
import { labelWords } from "./labels.ts";
import { count, counted } from "./numbers.ts";

const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** `2 real, 1 false alarm`; undefined without labels. */
function labelledInWords(labels: Readonly<Record<Label, number>>): string | undefined {
  const given = (Object.keys(labelWords) as Label[])
    .filter((label) => labels[label] > 0)
    .map((label) => `${labels[label]} ${labelWords[label].name.toLowerCase()}`);
  return given.length > 0 ? given.join(", ") : undefined;
}

/** How the bot did, in small print: what it evaluated, how fast it was, and how often it was right. */
export function footerOf({ watches, changes }: Pick<Review, "watches" | "changes">): string[] {
  const { labels, precision, evaluated, notEvaluated, overLimit, muted, detection } = totalOf(watches);
  const due = evaluated + notEvaluated;
  const given = labelledInWords(labels);
  return [
    counted(watches.length, "watch"),
    due === 0 ? "nothing was due" : `${shareOf(evaluated, due)} of all hours evaluated`,
    ...(detection === undefined
      ? []
      : [
          `median time to the alert: ${counted(Math.max(1, Math.round(detection / HOUR)), "hour")} after it began`,
        ]),
    ...(overLimit > 0 ? [`${count(overLimit)} over the alert limit`] : []),
    ...(given ? [`labels: ${given}`] : []),
    precision === undefined
      ? `precision is shown from ${ENOUGH_LABELS} labels on`
      : `precision ${percent(precision)}`,
    ...(muted > 0 ? [`${count(muted)} muted`] : []),
    ...(changes > 0 ? [counted(changes, "change")] : []),
  ];
}

// Rounds down: 99.96% is not all.
const shareOf = (evaluated: number, due: number): string =>
  evaluated === due ? "100%" : `${(Math.floor((1_000 * evaluated) / due) / 10).toFixed(1)}%`;

import { metricOf } from "../metrics/metrics.ts";
import type { CountedBucket } from "../reports/counts.ts";
import { type Watch, watchTitle } from "../settings/watch.ts";
import { bucketName } from "../time/time.ts";

const COLUMNS = [
  "watch",
  "time",
  "observed",
  "expected",
  "expected low",
  "expected high",
  "score",
  "verdict",
  "notified",
];

/** The counts of a watch as a table of comma-separated values (RFC 4180), a row for each bucket; times are in UTC. */
export const countsCsv = (watch: Watch, counted: readonly CountedBucket[]): string =>
  [COLUMNS, ...counted.map((one) => rowOf(watch, one))]
    .map((cells) => `${cells.map(cellOf).join(",")}\r\n`)
    .join("");

function rowOf(watch: Watch, { bucket, observed, verdict, notified }: CountedBucket) {
  const { unit } = watch.series;
  const score = verdict && verdict.kind !== "not-evaluated" ? verdict.score : undefined;
  const isSigned = /money/.test(metricOf(watch.series).kind);
  return [
    watchTitle(watch),
    unit === "day" ? bucketName(bucket, unit) : new Date(bucket).toISOString(),
    observed,
    score?.expected,
    score && (isSigned ? score.low : Math.max(0, score.low)),
    score?.high,
    score?.anomalyScore,
    verdictWords(verdict),
    notified.join("; "),
  ];
}

function verdictWords(verdict: CountedBucket["verdict"]): string {
  if (!verdict) return "not evaluated";
  if (verdict.kind === "not-evaluated") return `not evaluated (${verdict.because})`;
  return verdict.kind === "anomalous" ? `${verdict.severity} ${verdict.direction}` : verdict.kind;
}

/** What a spreadsheet would run as a formula. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * A cell. An apostrophe keeps a text from being a formula; numbers need none, and those that are not known are empty.
 * @example cellOf("=1+1"); // => "'=1+1"
 */
export function cellOf(value: string | number | undefined): string {
  if (value === undefined) return "";
  // Ten digits are exact for counts, and hide what a computer adds to fractions.
  if (typeof value === "number") return Number.isFinite(value) ? String(Number(value.toPrecision(10))) : "";
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

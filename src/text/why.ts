import type { SendEffect } from "../detector/send-effect.ts";
import type { Score, Together, Verdict } from "../detector/verdict/verdict.ts";
import type { PlainZScores } from "../detector/z-score.ts";
import { metricOf } from "../metrics/metrics.ts";
import type { Explanation, WindowFacts } from "../reports/why.ts";
import type { SeriesRef } from "../series/series.ts";
import type { Watch } from "../settings/watch.ts";
import type { Bucket, Unit } from "../time/time.ts";
import { arithmeticInWords } from "./arithmetic.ts";
import { notEvaluatedWords } from "./not-evaluated.ts";
import { amount, change, count, counted, expectedRange, ofMetric, times } from "./numbers.ts";

/** `Mon 15 Jun 09:00`, by the clock of the zone; a day as `Mon 15 Jun`. */
export function localName(bucket: Bucket, unit: Unit, zone: string): string {
  const date = { weekday: "short", day: "numeric", month: "short" } as const;
  const format =
    unit === "day"
      ? new Intl.DateTimeFormat("en-GB", { ...date, timeZone: "UTC" })
      : new Intl.DateTimeFormat("en-GB", { ...date, hour: "2-digit", minute: "2-digit", timeZone: zone });
  return format.format(bucket).replaceAll(",", "");
}

/** An explanation that a reader can check. */
export interface WhyText {
  /** The bucket with its numbers. */
  readonly headline: string;
  readonly lines: readonly string[];
  /** The arithmetic of the anomaly score, a line a step. */
  readonly details: readonly string[];
}

/** `Sent shortly before: Summer Sale (Tue 16 Jun 10:00)`. */
function sentInWords({ sends = [], numbers }: Explanation, zone: string): string[] {
  if (sends.length === 0) return [];
  const named = sends.slice(0, 3).map(({ name, time }) => `${name} (${localName(time, "hour", zone)})`);
  const more = sends.length > 3 ? ` and ${count(sends.length - 3)} more` : "";
  return [
    `Sent shortly before: ${named.join(", ")}${more}`,
    ...(numbers?.sendEffect ? [effectInWords(numbers.sendEffect)] : []),
  ];
}

/** `Did not go out: Weekly News, due Tue 16 Jun 10:00 as in 4 of the last 4 weeks`. */
const missingInWords = ({ missing = [] }: Explanation, zone: string): string[] =>
  missing
    .slice(0, 3)
    .map(
      ({ name, due, weeks }) =>
        `Did not go out: ${name}, due ${localName(due, "hour", zone)} as in ${weeks} of the last 4 weeks`,
    );

/** `After 5 earlier sends this hour had 1.8 times the usual; up to 3.4 times is as expected now`. */
function effectInWords({ sends, typical, least, most, weekly }: SendEffect): string {
  if (weekly)
    return `Something went out at this hour in ${count(sends)} of the last 7 weeks: the baseline learns it, and what it brought then is as expected now`;
  const asExpected =
    least < 1 ? `${factor(least)} to ${factor(most)} times is` : `up to ${factor(most)} times is`;
  return typical === undefined
    ? `What such a send does is not known yet, so ${asExpected} as expected now`
    : `After ${counted(sends, "earlier send")} this hour had ${factor(typical)} times the usual; ${asExpected} as expected now`;
}

/** `1.8`; `14`; `0.53`. */
const factor = (times: number): string => times.toLocaleString("en-US", { maximumSignificantDigits: 2 });

/**
 * An explanation in plain words.
 * @example // headline: "Tue 16 Jun 12:00 · 610 sessions, expected 1,240 (1,105–1,382), −51%"
 */
export function whyText(explanation: Explanation, series: Counted, zone: string): WhyText {
  const { bucket, verdict, plain, numbers } = explanation;
  const { unit } = series;
  // No colon after a time: ":00:" would be an emoji where this is read.
  const name = `${localName(bucket, unit, zone)} ·`;
  const past = pastInWords(explanation, series);
  const sent = [...sentInWords(explanation, zone), ...missingInWords(explanation, zone)];
  if (verdict.kind === "not-evaluated" || !numbers)
    return {
      headline: `${name} not evaluated: ${whyNot(verdict, unit, zone)}`,
      lines: [past, ...sent],
      details: [],
    };
  return {
    headline: `${name} ${inNumbers(verdict.score, series)}`,
    lines: [
      ...(verdict.score.together
        ? [togetherInWords({ ...verdict.score, ...verdict.score.together }, series)]
        : []),
      verdictInWords(verdict, numbers.limits.threshold),
      scoreInWords(verdict.score, numbers.limits.threshold, unit),
      limitsInWords(verdict.score, explanation.rules, series),
      past,
      ...sent,
      ...(plain ? [plainInWords(plain, series)] : []),
      checksInWords(explanation, numbers, series),
      windowsInWords(numbers.windows, unit),
    ],
    details: arithmeticInWords(numbers.arithmetic, verdict.score.anomalyScore, unit),
  };
}

type Counted = Pick<SeriesRef, "unit" | "metric" | "item" | "per">;

function pastInWords({ comparable }: Explanation, series: Counted): string {
  const { unit } = series;
  if (comparable.length === 0) return `no earlier data for the same ${unit} of the week`;
  return `same ${unit} in past weeks, newest first: ${comparable.map(({ value }) => amount(value, series)).join(" · ")}`;
}

const inNumbers = (score: Omit<Together, "buckets"> & Pick<Score, "denominator">, series: Counted): string =>
  `${ofMetric(score.observed, series)}, expected ${amount(score.expected, series)} (${expectedRange(score, series)})${changed(score)}`;

const togetherInWords = (together: Together & Pick<Score, "denominator">, series: Counted): string =>
  `the last ${counted(together.buckets, series.unit)} together: ${inNumbers(together, series)}`;

const changed = (score: Pick<Score, "observed" | "expected" | "denominator">): string => {
  const by = change(score);
  return by === undefined ? "" : `, ${by}`;
};

function verdictInWords(verdict: Exclude<Verdict, { kind: "not-evaluated" }>, threshold: number): string {
  if (verdict.kind === "anomalous")
    return `outside the expected range: a ${verdict.direction}, ${verdict.severity}`;
  return Math.abs(verdict.score.anomalyScore) >= threshold
    ? "no alert: unusual, but the change is smaller than the minimum change"
    : "no alert: inside the expected range";
}

/** `anomaly score 7.4, alerts at 3.6; decided by the last 3 hours together`. */
function scoreInWords({ anomalyScore, window }: Score, threshold: number, unit: Unit): string {
  const decided = window > 1 ? `the last ${counted(window, unit)} together` : `this ${unit} alone`;
  return `anomaly score ${times(anomalyScore)}, alerts at ${times(threshold)}; most unusual: ${decided}`;
}

/** What it would take: `alerts at 1,104 or fewer, or at 1,383 or more`. */
function limitsInWords({ low, high }: Score, { direction }: Explanation["rules"], series: Counted): string {
  // Only counts have a next one.
  const isCount = metricOf(series).kind === "count";
  const below = isCount ? `at ${count(low - 1)} or fewer` : `below ${amount(low, series)}`;
  const fewer = direction === "spike" || (isCount && low <= 0) ? [] : [below];
  const more =
    high === undefined ? [] : [isCount ? `at ${count(high + 1)} or more` : `above ${amount(high, series)}`];
  const limits = [...fewer, ...more].filter(Boolean);
  return limits.length > 0
    ? `given the hours before, this watch alerts ${limits.join(", or ")}`
    : "given the hours before, no count would alert";
}

/** `plain z-score compared with them: −5.1 (mean 1,236, standard deviation 122); robust: −7.9 (median 1,240, MAD 53)`. */
function plainInWords(
  { mean, standardDeviation, z, median, mad, robustZ }: PlainZScores,
  series: Counted,
): string {
  const signed = (value: number | undefined) =>
    value === undefined ? "none, because they are all equal" : `${value < 0 ? "−" : ""}${times(value)}`;
  return `plain z-score compared with them: ${signed(z)} (mean ${amount(mean, series)}, standard deviation ${amount(standardDeviation, series)}); robust: ${signed(robustZ)} (median ${amount(median, series)}, MAD ${amount(mad, series)})`;
}

const ALERTED = { both: "drops and spikes", drop: "drops only", spike: "spikes only" } as const;

function checksInWords(
  { rules: { direction } }: Explanation,
  {
    holiday,
    weeksSeen,
    limits: { minRelativeChange, minAbsoluteChange, minCriticalChange },
  }: NonNullable<Explanation["numbers"]>,
  series: Counted,
): string {
  return [
    `checks: alerts on ${ALERTED[direction]} of at least ${Math.round(minRelativeChange * 100)}% and ${amount(minAbsoluteChange, series)}, critical from ${amount(minCriticalChange, series)} on`,
    holiday ? "a holiday or event, so the range is wider" : "no holiday or event",
    `${counted(weeksSeen, `such ${series.unit}`)} in the baseline`,
  ].join(" · ");
}

const windowsInWords = (windows: readonly WindowFacts[], unit: Unit): string =>
  `score by how many ${unit}s are taken together: ${windows.map(({ window, anomalyScore }) => `${window} → ${times(anomalyScore)}`).join(" · ")}`;

function whyNot(verdict: Verdict, unit: Unit, zone: string): string {
  if (verdict.kind !== "not-evaluated") return "it is not in the stored history";
  const ready =
    verdict.readyAt === undefined
      ? ""
      : `; there will be enough from ${localName(verdict.readyAt, unit, zone)}`;
  return notEvaluatedWords(verdict.because).why + ready;
}

/** The titles in the view of an explanation. */
export const whyView = { title: "Why?", details: "Details" } as const;

/** Which watch is explained, by which clock, and how to ask about another bucket. */
export const whyFooter = ({ id, series: { unit } }: Watch, zone: string): string[] => [
  `Watch ${id}`,
  unit === "hour" ? `times in ${zone}` : "daily",
  `Another ${unit}: /tidewatch why ${id} ${unit === "hour" ? "yesterday 14:00" : "yesterday"}`,
];

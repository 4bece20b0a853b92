import type { Score, Verdict } from "../detector/verdict/verdict.ts";
import type { PlainZScores } from "../detector/z-score.ts";
import type { Explanation, WindowFacts } from "../reports/why.ts";
import type { Bucket, Unit } from "../time/time.ts";
import { notEvaluatedWords } from "./not-evaluated.ts";
import { expectedRange } from "./numbers.ts";

const count = (value: number): string => Math.round(value).toLocaleString("en-US");

const share = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(Math.round(value * 100))}%`;

const oneDigit = (value: number): string => Math.abs(value).toFixed(1);

/** `Mon 15 Jun 09:00`, by the clock of the zone; a day as `Mon 15 Jun`. */
export function localName(bucket: Bucket, unit: Unit, zone: string): string {
  const date = { weekday: "short", day: "numeric", month: "short" } as const;
  const format =
    unit === "day"
      ? new Intl.DateTimeFormat("en-GB", { ...date, timeZone: "UTC" })
      : new Intl.DateTimeFormat("en-GB", { ...date, hour: "2-digit", minute: "2-digit", timeZone: zone });
  return format.format(bucket).replaceAll(",", "");
}

/**
 * An explanation in plain words, a line each.
 * @example // "Tue 16 Jun 12:00 · expected 1,240 (1,105–1,382), observed 610, −51%"
 */
export function explainInWords(explanation: Explanation, unit: Unit, zone: string): string[] {
  const { bucket, verdict, comparable, plain, numbers } = explanation;
  // No colon after a time: ":00:" would be an emoji where this is read.
  const name = `${localName(bucket, unit, zone)} ·`;
  const past = comparable.map(({ value }) => count(value)).join(", ");
  const before =
    past === ""
      ? `no earlier data for the same ${unit} of the week`
      : `same ${unit} in the weeks before, newest first: ${past}`;
  if (verdict.kind === "not-evaluated" || !numbers)
    return [`${name} not evaluated: ${whyNot(verdict, unit, zone)}`, before];

  const { windows, threshold, holiday, volumeWeight, weeksSeen, scale, expected } = numbers;
  return [
    `${name} ${inNumbers(verdict.score)}`,
    `${verdictInWords(verdict)}; ${scoreInWords(verdict.score, unit)}, and this watch alerts from ${oneDigit(threshold)}`,
    before,
    ...(plain ? [plainInWords(plain)] : []),
    `the baseline uses ${weeksSeen} such ${unit}s; two thirds of them lie within ${usualRange(expected, scale)}`,
    `the anomaly score is the largest z-score of the windows below, corrected for the trend of the ${unit}s before, for how noisy this series is and for low volume`,
    ...windows.map((window) => windowInWords(window, unit)),
    ...(holiday ? ["public holiday: the expected range is wider"] : []),
    ...(volumeWeight < 0.99 ? [`low volume: this ${unit} counts ${Math.round(volumeWeight * 100)}%`] : []),
    floorsInWords(explanation.floors),
  ];
}

function inNumbers({ observed, expected, ...range }: Score): string {
  const change = expected > 0 ? `, ${share(observed / expected - 1)}` : "";
  return `expected ${count(expected)} (${expectedRange(range)}), observed ${count(observed)}${change}`;
}

/** `anomaly score 7.4 over the last 3 hours together`. */
const scoreInWords = ({ anomalyScore, window }: Score, unit: Unit): string =>
  `anomaly score ${oneDigit(anomalyScore)}${window > 1 ? ` over the last ${window} ${unit}s together` : ""}`;

/** `plain z-score compared with them: −5.1 (mean 1,236, standard deviation 122); robust: −7.9 (median 1,240, MAD 53)`. */
function plainInWords({ mean, standardDeviation, z, median, mad, robustZ }: PlainZScores): string {
  const signed = (value: number | undefined) =>
    value === undefined ? "none, because they are all equal" : `${value < 0 ? "−" : ""}${oneDigit(value)}`;
  return `plain z-score compared with them: ${signed(z)} (mean ${count(mean)}, standard deviation ${count(standardDeviation)}); robust: ${signed(robustZ)} (median ${count(median)}, MAD ${count(mad)})`;
}

const verdictInWords = (verdict: Verdict): string =>
  verdict.kind === "anomalous" ? `anomalous, a ${verdict.direction}, ${verdict.severity}` : verdict.kind;

function windowInWords({ window, observed, expected, z, tail }: WindowFacts, unit: Unit): string {
  const span = window === 1 ? `this ${unit}` : `the last ${window} ${unit}s`;
  const sign = z < 0 ? "−" : "";
  return `${span}: ${count(observed)}, expected ${count(expected)}; z-score ${sign}${oneDigit(z)}, divided by ${tail.toFixed(2)} because of this series' noise`;
}

/** One deviation to either side, which is symmetric on the transformed scale. */
const usualRange = (expected: number, scale: number): string =>
  `${count(Math.max(0, expected - scale) ** 2)}–${count((expected + scale) ** 2)}`;

const ALERTED = { both: "drops and spikes", drop: "drops only", spike: "spikes only" } as const;

function floorsInWords({ minRelativeChange, minAbsoluteChange, direction }: Explanation["floors"]): string {
  const sessions = minAbsoluteChange > 0 ? ` and ${count(minAbsoluteChange)} sessions` : "";
  return `alerts on ${ALERTED[direction]}, of at least ${Math.round(minRelativeChange * 100)}%${sessions}`;
}

function whyNot(verdict: Verdict, unit: Unit, zone: string): string {
  if (verdict.kind !== "not-evaluated") return "it is not in the stored history";
  const ready =
    verdict.readyAt === undefined
      ? ""
      : `; there will be enough from ${localName(verdict.readyAt, unit, zone)}`;
  return notEvaluatedWords(verdict.because).why + ready;
}

import type { Score, Verdict } from "../detector/verdict.ts";
import type { PlainZScores } from "../detector/z-score.ts";
import type { Explanation, WindowFacts } from "../reports/why.ts";
import type { Bucket, Unit } from "../time/time.ts";
import { notEvaluatedWords } from "./not-evaluated.ts";

const count = (value: number): string => Math.round(value).toLocaleString("en-US");

const share = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(Math.round(value * 100))} %`;

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
 * @example // "Tue 16 Jun 12:00 · expected 1,240 (1,105–1,382), saw 610, −51 %: 7.4 times the usual anomaly score"
 */
export function explainInWords(explanation: Explanation, unit: Unit, zone: string): string[] {
  const { bucket, verdict, comparable, plain, numbers } = explanation;
  // No colon after a time: ":00:" would be an emoji where this is read.
  const name = `${localName(bucket, unit, zone)} ·`;
  const past = comparable.map(({ sessions }) => count(sessions)).join(", ");
  const before =
    past === ""
      ? `nothing is known of the same ${unit}s before`
      : `the same ${unit} in the weeks before, newest first: ${past}`;
  if (verdict.kind === "not-evaluated" || !numbers)
    return [`${name} could not be judged: ${whyNot(verdict, unit, zone)}`, before];

  const { windows, threshold, holiday, volumeWeight, weeksSeen, scale, expected } = numbers;
  return [
    `${name} ${inNumbers(verdict.score)}`,
    `${verdictInWords(verdict)}: this watch speaks from ${oneDigit(threshold)} times the usual surprise on`,
    before,
    ...(plain ? [plainInWords(plain)] : []),
    `the baseline rests on ${weeksSeen} such ${unit}s; two thirds of them lie within ${usualRange(expected, scale)}`,
    `how far off that is, with what lingered from the ${unit}s before taken off, stands in the next lines; the surprise is the largest of them, each measured by how far this series strays, and smaller where little is at stake`,
    ...windows.map((window) => windowInWords(window, unit)),
    ...(holiday ? ["a public holiday is at hand: the band is wider"] : []),
    ...(volumeWeight < 0.99
      ? [`a quiet ${unit}: it counts ${Math.round(volumeWeight * 100)} % beside busier ones`]
      : []),
    floorsInWords(explanation.floors),
  ];
}

function inNumbers({ observed, expected, low, high, anomalyScore, window }: Score): string {
  const change = expected > 0 ? `, ${share(observed / expected - 1)}` : "";
  const over = window > 1 ? ` over the last ${window} together` : "";
  return `expected ${count(expected)} (${count(low)}–${count(high)}), saw ${count(observed)}${change}: ${oneDigit(anomalyScore)} times the usual surprise${over}`;
}

/** `the plain z-score against them: −5.1 (mean 1,236, standard deviation 122); robust: −7.9 (median 1,240, MAD 53)`. */
function plainInWords({ mean, standardDeviation, z, median, mad, robustZ }: PlainZScores): string {
  const signed = (value: number | undefined) =>
    value === undefined ? "none, they are all alike" : `${value < 0 ? "−" : ""}${oneDigit(value)}`;
  return `the plain z-score against them: ${signed(z)} (mean ${count(mean)}, standard deviation ${count(standardDeviation)}); robust: ${signed(robustZ)} (median ${count(median)}, MAD ${count(mad)})`;
}

const verdictInWords = (verdict: Verdict): string =>
  verdict.kind === "anomalous" ? `anomalous, a ${verdict.direction}, ${verdict.severity}` : verdict.kind;

function windowInWords({ window, observed, expected, z, tail }: WindowFacts, unit: Unit): string {
  const span = window === 1 ? `this ${unit} alone` : `the last ${window} ${unit}s`;
  const side = z < 0 ? "below" : "above";
  return `${span}: ${count(observed)} against ${count(expected)}, ${oneDigit(z)} usual deviations ${side}; this series strays ${tail.toFixed(2)} times as far as most`;
}

/** One deviation to either side, which is symmetric on the transformed scale. */
const usualRange = (expected: number, scale: number): string =>
  `${count(Math.max(0, expected - scale) ** 2)}–${count((expected + scale) ** 2)}`;

const TOLD = { both: "drops and spikes", drop: "drops only", spike: "spikes only" } as const;

function floorsInWords({ minRelativeChange, minAbsoluteChange, direction }: Explanation["floors"]): string {
  const sessions = minAbsoluteChange > 0 ? ` or ${count(minAbsoluteChange)} sessions` : "";
  return `this watch tells ${TOLD[direction]}, of ${Math.round(minRelativeChange * 100)} %${sessions} at least`;
}

function whyNot(verdict: Verdict, unit: Unit, zone: string): string {
  if (verdict.kind !== "not-evaluated") return "it is not in the history";
  const ready =
    verdict.readyAt === undefined
      ? ""
      : `; there will be enough from ${localName(verdict.readyAt, unit, zone)} on`;
  return notEvaluatedWords(verdict.because).why + ready;
}

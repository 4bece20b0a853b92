import {
  type Direction,
  isWithin,
  type Range,
  type Score,
  type Together,
} from "../detector/verdict/verdict.ts";
import type { Measured } from "../metrics/metrics.ts";
import { metricOf } from "../metrics/metrics.ts";
import type { Unit } from "../time/time.ts";

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/**
 * A count as people read it.
 * @example count(1240.4); // => "1,240"
 */
export function count(value: number): string {
  if (!Number.isFinite(value)) return "unknown";
  const rounded = Math.round(Math.abs(value));
  if (rounded >= 1e15) return "over 999T";
  const digits = (rounded < 1e12 ? plain : compact).format(rounded);
  return value < 0 && rounded > 0 ? `−${digits}` : digits;
}

/** `1 hour`, `3 hours`, `3 watches`. */
export const counted = (n: number, noun: string): string =>
  `${count(n)} ${noun}${Math.round(n) === 1 ? "" : noun.endsWith("ch") ? "es" : "s"}`;

/**
 * A number as its metric writes it.
 * @example amount(12_400.4, { metric: "revenue" }); // => "$12,400"
 */
export function amount(value: number, series: Measured): string {
  const { sign, isShare, per } = metricOf(series);
  if (isShare) return `${short(100 * value)}%`;
  if (per && !sign) return short(value);
  if (!sign || !Number.isFinite(value)) return count(value);
  const size = Math.abs(value);
  const digits = size < 100 && !Number.isInteger(size) ? size.toFixed(2) : count(size);
  return `${value < 0 && Number(digits) !== 0 ? "−" : ""}${sign}${digits}`;
}

const exact = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** A ratio in three digits. @example short(0.04213); // => "0.0421" */
function short(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size >= 1_000) return count(value);
  return value < 0 ? `−${exact.format(size)}` : exact.format(size);
}

/**
 * A number with what was counted.
 * @example ofMetric(610, { metric: "sessions" }); // => "610 sessions"
 */
export function ofMetric(value: number, series: Measured): string {
  const { noun, sign, per, isShare } = metricOf(series);
  const [one, many] = noun;
  if (isShare) return amount(value, series);
  if (per) return `${amount(value, series)} ${sign ? `per ${per}` : many}`;
  return sign ? amount(value, series) : `${count(value)} ${Math.round(value) === 1 ? one : many}`;
}

/** A count and what was expected of it, of one bucket or of several together. */
export interface Numbers extends Together {
  /** What a ratio was divided by. */
  readonly denominator?: number;
}

/** The numbers that decided: of the bucket alone, or of the buckets that were evaluated together. */
export function numbersOf(score: Score): Numbers {
  const { together, observed, expected, low, high } = score;
  if (together) return { ...together, ...divided(score) };
  return { observed, expected, low, ...(high !== undefined && { high }), buckets: 1, ...divided(score) };
}

const divided = ({ denominator }: Pick<Score, "denominator">) => denominator !== undefined && { denominator };

/** The numbers of a bucket that is as expected again: where those before it still count, its range by itself. */
export function calmNumbersOf(score: Score): Numbers {
  const { observed, expected, alone } = score;
  return isWithin(observed, score) && !score.together
    ? numbersOf(score)
    : { observed, expected, ...alone, buckets: 1, ...divided(score) };
}

/** What is counted, as many: `sessions`. */
export const nounOf = (series: Measured): string => metricOf(series).noun[1];

/** The expected range: `1,105–1,382`, `at least 1,105`, `at most 1,382` or `−$20–$340`. */
export function expectedRange({ low, high }: Range, series: Measured = {}): string {
  const isSigned = /money/.test(metricOf(series).kind);
  const least = isSigned ? low : Math.max(0, low);
  const from = amount(least, series);
  if (high === undefined) return `at least ${from}`;
  const to = amount(isSigned ? high : Math.max(0, high), series);
  if (from === to) return from;
  return least === 0 ? `at most ${to}` : `${from}–${to}`;
}

/** `610 vs 1,105–1,382 expected`, `6,556 in the last 3 hours vs 8,700–11,900 expected`. */
export function versus(numbers: Numbers, series: Measured & { readonly unit: Unit }): string {
  const within = numbers.buckets > 1 ? ` in the last ${counted(numbers.buckets, series.unit)}` : "";
  return `${amount(numbers.observed, series)}${within} vs ${expectedRange(numbers, series)} expected`;
}

/**
 * How far the observed lies from the expected: `−51%`, `+240%`, beyond ten times `×34`. Undefined where nothing was
 * expected, since every change is infinitely large then, and where more was refunded than sold, since no share of the
 * sales is that large.
 */
export function change({
  observed,
  expected,
  denominator = 1,
}: Pick<Score, "observed" | "expected" | "denominator">): string | undefined {
  const ratio = observed / expected;
  if (!Number.isFinite(ratio) || ratio < 0 || expected * denominator < 0.5) return undefined;
  if (ratio >= 10) return `×${count(ratio)}`;
  const percent = Math.round((ratio - 1) * 100);
  if (percent === 0) return "0%";
  return `${percent < 0 ? "−" : "+"}${count(Math.abs(percent))}%`;
}

/**
 * The same in words, for a sentence that says the direction: `29%`, beyond ten times `34-fold`. Undefined where nothing
 * was expected, or the count lies on the other side.
 */
export function changeBy(
  numbers: Pick<Score, "observed" | "expected" | "denominator">,
  direction: Direction,
): string | undefined {
  const { observed, expected } = numbers;
  const by = change(numbers);
  if (!by || observed < expected !== (direction === "drop")) return undefined;
  if (by.startsWith("×")) return `${by.slice(1)}-fold`;
  return by === "0%" ? undefined : by.slice(1);
}

/** The size of an anomaly score, with one decimal. */
export function times(anomalyScore: number): string {
  const size = Math.abs(anomalyScore);
  return size < 99.95 ? size.toFixed(1) : "more than 99";
}

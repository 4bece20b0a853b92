import type { Parameters } from "./parameters.ts";
import { ago } from "./state/ring.ts";
import type { DetectorState } from "./state/state.ts";

/** The direction of a drop, and that of a spike. */
export type Sign = -1 | 1;

/** The look-back window that speaks most for a drop, or for a spike. */
export interface WindowScore {
  /** How far off it is, in standard deviations made comparable by the tail of the series' own past scores; 0 or more. */
  readonly anomalyScore: number;
  /** Over how many buckets. */
  readonly window: number;
  /** Counts of these buckets together. */
  readonly observed: number;
  readonly expected: number;
}

/** What the newest bucket adds to each look-back window; z-score and innovation as they are kept, in single precision. */
export interface Newest {
  readonly z: number;
  readonly innovation: number;
  /** Its count. */
  readonly observed: number;
}

/** A look-back window that ends with the newest bucket, without what that bucket adds. */
export interface WindowBefore {
  readonly window: number;
  /** The weighted sum of innovations, the newest one's weight, and the standard deviation of the whole sum. */
  readonly innovations: number;
  readonly weight: number;
  readonly deviation: number;
  /** The sum of z-scores. */
  readonly z: number;
  /** Counts: those observed before the newest bucket, and those expected with it. */
  readonly observed: number;
  readonly expected: number;
}

/** What the last `window` buckets show together. */
export interface WindowStatistic {
  readonly window: number;
  /** The step statistic: how far they are off beyond what the autoregression expected, in standard deviations; signed. */
  readonly step: number;
  /** Stouffer's sum of their z-scores, Σz/√window: how far they are off at all; signed. */
  readonly stouffer: number;
  /** Counts of these buckets together. */
  readonly observed: number;
  readonly expected: number;
}

/** The look-back windows of at most `longest` buckets that end at slot `at`, of which `expected` counts are expected. */
export function windowsBefore(
  state: DetectorState,
  at: number,
  expected: number,
  windows: readonly number[],
  longest: number,
): WindowBefore[] {
  const before: WindowBefore[] = [];
  const sums = { z: 0, observed: 0, expected: Math.fround(expected) };
  let back = 1;
  for (const window of windows) {
    if (window > longest) break;
    for (; back < window; back++) {
      sums.z += ago(state.z, at, back);
      sums.observed += ago(state.observed, at, back);
      sums.expected += ago(state.expected, at, back);
    }
    const { innovations, weight, deviation } = matchedFilter(state, at, window);
    const { z, observed, expected: counts } = sums;
    before.push({ window, innovations, weight, deviation, z, observed, expected: counts });
  }
  return before;
}

/**
 * The generalized likelihood ratio statistic of a step, without the newest bucket: how unusual it is, in standard
 * deviations, that the last `window` buckets differ from the ones before by a constant. Residuals are autocorrelated,
 * so a step shows in full in its first innovation and in each further one only by what the autoregression did not
 * expect: the weights of the matched filter.
 * Source: S. M. Kay, "Fundamentals of Statistical Signal Processing II: Detection Theory" (1998), ch. 4.
 * @example matchedFilter(state, at, 6); // six hours at −2, no autocorrelation => { innovations: −10, weight: 1, deviation: 2.45 }
 */
function matchedFilter(
  { innovation, innovationVariance, arWeights }: DetectorState,
  at: number,
  window: number,
): Pick<WindowBefore, "innovations" | "weight" | "deviation"> {
  let innovations = 0;
  let squares = 0;
  let weight = 1;
  for (let back = window - 1, i = 0; back > 0; back--, i++) {
    innovations += weight * ago(innovation, at, back);
    squares += weight ** 2;
    if (i < arWeights.length) weight -= arWeights[i]!;
  }
  // Only an autoregression close to a unit root would count the newest bucket backwards.
  weight = Math.max(0, weight);
  squares += weight ** 2;
  return { innovations, weight, deviation: Math.sqrt(squares * innovationVariance) };
}

/** The statistic of a window, once the newest bucket is known. */
export const statisticOf = (before: WindowBefore, newest: Newest): WindowStatistic => ({
  window: before.window,
  step: (before.innovations + before.weight * newest.innovation) / before.deviation,
  stouffer: (before.z + newest.z) / Math.sqrt(before.window),
  observed: before.observed + newest.observed,
  expected: before.expected,
});

/**
 * How unusual a window is in a direction, measured by the tail of its own past scores. It never falls when the newest
 * count moves further in that direction, so that it can be inverted (`verdict/range.ts`).
 */
export function anomalyScoreOf(
  { step, stouffer, observed, expected }: WindowStatistic,
  sign: Sign,
  tailScale: number,
  parameters: Parameters,
): number {
  // A step that shows only because the hours before led one to expect more counts as far as the hours are off at all.
  const size = effectSize({ observed, expected }, sign, parameters);
  const deviation = Math.min(sign * step * size, sign * stouffer * parameters.stoufferShare);
  return Math.max(0, deviation / tailScale);
}

/** The place of a window's tail scale in `DetectorState.tailScales`: window by window, for drops, then for spikes. */
export const tailOf = (window: number, sign: Sign): number => 2 * window + (sign < 0 ? 0 : 1);

/** How much a change in a direction counts by its size: in full from `fullChange` (as a logarithm) and `fullCount` on. */
export function effectSize(
  { observed, expected }: Pick<WindowStatistic, "observed" | "expected">,
  sign: Sign,
  { fullChange, fullCount }: Parameters,
): number {
  const change = sign * (observed - expected);
  if (change <= 0) return 0;
  return (
    Math.min(1, Math.abs(Math.log((Math.max(0, observed) + 1) / (expected + 1))) / fullChange) *
    Math.min(1, change / fullCount)
  );
}

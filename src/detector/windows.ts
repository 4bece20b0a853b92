import type { Parameters } from "./parameters.ts";
import { ago } from "./state/ring.ts";
import type { DetectorState } from "./state/state.ts";

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

/** The newest bucket, which is not in the rings yet. */
export interface Newest {
  readonly z: number;
  readonly innovation: number;
  /** Counts. */
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

/** Rings hold single precision; the newest bucket is rounded alike, so that it counts the same now and later. */
const rounded = ({ z, innovation, observed, expected }: Newest): Newest => ({
  z: Math.fround(z),
  innovation: Math.fround(innovation),
  observed: Math.fround(observed),
  expected: Math.fround(expected),
});

/** The statistics of each look-back window of at most `longest` buckets that ends with the newest bucket. */
export function windowStatistics(
  state: DetectorState,
  at: number,
  newest: Newest,
  windows: readonly number[],
  longest: number,
): WindowStatistic[] {
  const now = rounded(newest);
  const statistics: WindowStatistic[] = [];
  let { z: sum, observed, expected } = now;
  let back = 1;
  for (const window of windows) {
    if (window > longest) break;
    for (; back < window; back++) {
      sum += ago(state.z, at, back);
      observed += ago(state.observed, at, back);
      expected += ago(state.expected, at, back);
    }
    const stouffer = sum / Math.sqrt(window);
    const step = stepStatistic(state, at, now.innovation, window);
    statistics.push({ window, step, stouffer, observed, expected });
  }
  return statistics;
}

/**
 * The generalized likelihood ratio statistic of a step: how unusual it is, in standard deviations, that the last
 * `window` buckets differ from the ones before by a constant. Residuals are autocorrelated, so a step shows in full in
 * its first innovation and in each further one only by what the autoregression did not expect: the weights of the
 * matched filter.
 * Source: S. M. Kay, "Fundamentals of Statistical Signal Processing II: Detection Theory" (1998), ch. 4.
 * @example stepStatistic(state, at, −2, 6); // => −4.9 for six hours at −2, without autocorrelation
 */
function stepStatistic(
  { innovation, innovationVariance, arWeights }: DetectorState,
  at: number,
  newest: number,
  window: number,
): number {
  let sum = 0;
  let squares = 0;
  let weight = 1;
  for (let i = 0; i < window; i++) {
    const back = window - 1 - i;
    sum += weight * (back === 0 ? newest : ago(innovation, at, back));
    squares += weight ** 2;
    if (i < arWeights.length) weight -= arWeights[i]!;
  }
  return sum / Math.sqrt(squares * innovationVariance);
}

/** The window with the highest score in a direction (−1: drop), each measured by the tail of its own past scores. */
export function strongestWindow(
  { tailScales }: DetectorState,
  statistics: readonly WindowStatistic[],
  sign: 1 | -1,
  parameters: Parameters,
): WindowScore {
  let strongest = { anomalyScore: 0, window: 1, observed: 0, expected: 0 };
  for (const [w, { window, step, stouffer, observed, expected }] of statistics.entries()) {
    // A step that shows only because the hours before led one to expect more counts as far as the hours are off at all.
    const size = effectSize(observed, expected, parameters);
    const deviation = Math.min(sign * step * size, sign * stouffer * parameters.stoufferShare);
    const anomalyScore = deviation / tailScales[2 * w + (sign < 0 ? 0 : 1)]!;
    if (w === 0 || anomalyScore > strongest.anomalyScore) {
      strongest = { anomalyScore: Math.max(0, anomalyScore), window, observed, expected };
    }
  }
  return strongest;
}

/** How much a change counts by its size: in full from `fullChange` (as a logarithm) and `fullCount` on. */
const effectSize = (observed: number, expected: number, { fullChange, fullCount }: Parameters): number =>
  Math.min(1, Math.abs(Math.log((observed + 1) / (expected + 1))) / fullChange) *
  Math.min(1, Math.abs(observed - expected) / fullCount);

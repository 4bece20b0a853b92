import { mean, median, medianAbsoluteDeviation, standardDeviation, zScore } from "simple-statistics";

/**
 * The z-score of the running baseline: how many scales an observation lies from what was expected, both on the
 * transformed scale. Everything else in this folder says what to expect, how large a scale is, and how z-scores of
 * several buckets are combined.
 * @example standardize(anscombe(610) - anscombe(1_240), 1.4); // => −7.5
 */
export const standardize = (residual: number, scale: number): number => residual / scale;

/** The z-scores of one value against a sample, as a statistics textbook has them. */
export interface PlainZScores {
  readonly mean: number;
  readonly standardDeviation: number;
  /** (value − mean) / standard deviation; undefined where the sample does not vary. */
  readonly z: number | undefined;
  readonly median: number;
  /** Median absolute deviation from the median. */
  readonly mad: number;
  /** (value − median) / (1.4826 · MAD); undefined where the MAD is 0. */
  readonly robustZ: number | undefined;
}

/** Makes the MAD of a normal distribution equal to its standard deviation: 1 / Φ⁻¹(¾). */
const MAD_TO_SIGMA = 1.4826;

/** Fewer values say nothing about how far they stray. */
const SMALLEST_SAMPLE = 3;

/**
 * The plain z-scores of a count against the same hours of past weeks: what a textbook computes, with neither trend nor
 * autocorrelation. Undefined for a sample of fewer than three.
 * @example plainZScores(610, [1_240, 1_180, 1_300, 1_220])?.z; // => −14.4
 */
export function plainZScores(value: number, sample: readonly number[]): PlainZScores | undefined {
  if (sample.length < SMALLEST_SAMPLE) return undefined;
  const values = [...sample];
  const deviation = standardDeviation(values);
  const mad = medianAbsoluteDeviation(values);
  return {
    mean: mean(values),
    standardDeviation: deviation,
    z: deviation > 0 ? zScore(value, mean(values), deviation) : undefined,
    median: median(values),
    mad,
    robustZ: mad > 0 ? zScore(value, median(values), MAD_TO_SIGMA * mad) : undefined,
  };
}

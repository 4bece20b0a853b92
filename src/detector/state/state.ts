import type { Bucket } from "../../time/time.ts";
import { seasonalityOf } from "../seasonality.ts";
import { BINS, referenceTail } from "../tail.ts";
import { MAXIMA_BINS } from "../verdict/false-alarm-rate.ts";
import type { SeriesProfile } from "./profile.ts";
import { RING_SIZE } from "./ring.ts";

/** What the detector has learned of one series: numbers in arrays of fixed size, transformed where they are no counts. */
export interface DetectorState {
  readonly profile: SeriesProfile;
  /** A fingerprint of what people had said about the buckets it learned from. */
  feedback: number;
  /** The last bucket taken in; −∞ before the first. */
  last: Bucket;
  /** The first bucket that counted anything; +∞ until there is one. */
  begun: Bucket;
  /** How many buckets were known, and for how many the count has stayed the same. */
  knownBuckets: number;
  unchangedBuckets: number;
  lastCount: number;
  /** The share of the last buckets that were known. */
  coverage: number;
  level: number;
  /** The mean squared residual of all buckets. */
  variance: number;
  /** The last outlier, and the first of its run. */
  outlierAt: Bucket;
  outlierSince: Bucket;
  /** The mean z-score of the run. */
  outlierMeanZ: number;
  /** The first recovered bucket after the last run of outliers; no window reaches back beyond it. */
  recoveredAt: Bucket;
  /** The mean square of the innovations. */
  innovationVariance: number;
  /** The slow mean of expected counts. */
  usualVolume: number;
  /** The present run of zeros: its buckets, the counts expected of them, and the most that any earlier ordinary run cost. */
  zeroRunLength: number;
  zeroRunCost: number;
  costliestZeroRun: number;
  /** The highest scores of the present day, and a histogram of those of past days. */
  dropMaximum: number;
  spikeMaximum: number;
  dropMaxima: Uint16Array;
  spikeMaxima: Uint16Array;
  /** Expected distance from the level, for each season index. */
  readonly seasonal: Float32Array;
  /** How many buckets each season index has learned from, up to 255. */
  readonly seasonCount: Uint8Array;
  /** Mean squared residuals by season index and by hour of the day. */
  readonly seasonVariance: Float32Array;
  readonly hourVariance: Float32Array;
  readonly hourCount: Uint8Array;
  /** Rings of the last buckets: z-scores, their innovations, and counts observed and expected. */
  readonly z: Float32Array;
  readonly innovation: Float32Array;
  readonly observed: Float32Array;
  readonly expected: Float32Array;
  /** Autocovariances of z-scores at lags 0 to 3, and the weights of the autoregression that follow from them. */
  readonly autocovariance: Float32Array;
  readonly arWeights: Float32Array;
  /** For each window and direction: a histogram of past scores, and its scale. */
  readonly tails: Uint16Array;
  readonly tailScales: Float32Array;
}

/** The state of a series nothing is known of. */
export function newState(profile: SeriesProfile): DetectorState {
  const { period, perDay, windows } = seasonalityOf(profile.unit);
  const tails = new Uint16Array(windows.length * 2 * BINS);
  for (let tail = 0; tail < windows.length * 2; tail++) tails.set(referenceTail, tail * BINS);
  return {
    profile,
    feedback: 0,
    last: Number.NEGATIVE_INFINITY,
    begun: Number.POSITIVE_INFINITY,
    knownBuckets: 0,
    unchangedBuckets: 0,
    lastCount: -1,
    coverage: 1,
    level: 0,
    variance: 0,
    outlierAt: Number.NEGATIVE_INFINITY,
    outlierSince: Number.NEGATIVE_INFINITY,
    outlierMeanZ: 0,
    recoveredAt: Number.NEGATIVE_INFINITY,
    innovationVariance: 1,
    usualVolume: 0,
    zeroRunLength: 0,
    zeroRunCost: 0,
    costliestZeroRun: 0,
    dropMaximum: 0,
    spikeMaximum: 0,
    dropMaxima: new Uint16Array(MAXIMA_BINS),
    spikeMaxima: new Uint16Array(MAXIMA_BINS),
    seasonal: new Float32Array(period),
    seasonCount: new Uint8Array(period),
    seasonVariance: new Float32Array(period),
    hourVariance: new Float32Array(perDay),
    hourCount: new Uint8Array(perDay),
    z: new Float32Array(RING_SIZE),
    innovation: new Float32Array(RING_SIZE),
    observed: new Float32Array(RING_SIZE),
    expected: new Float32Array(RING_SIZE),
    autocovariance: Float32Array.of(1, 0.5, 0.4, 0.32),
    arWeights: new Float32Array(3),
    tails,
    tailScales: new Float32Array(windows.length * 2).fill(1),
  };
}

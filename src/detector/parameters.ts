import type { NumberKind } from "../metrics/metric.ts";

/**
 * The detector's constants. All were chosen by leaving out one source of the exam at a time, and all lie on flat
 * optima: half or twice as much changes the result little (docs/detector.md has the figures). Rates are shares by
 * which an average moves towards what was just seen; scales and scores belong to transformed counts.
 */
export const defaultParameters = {
  /** How fast the level follows: it forgets in about a week, so that a weekend does not drag it down. */
  levelRate: 0.007,
  /** How fast the seasonal offsets follow: eight comparable hours make up most of one. */
  seasonalRate: 0.12,
  /** The share of what is learned of an hour of the week that its two neighbours take on. */
  neighbourShare: 0.2,
  /** Nothing is learned from more than this many scales at once. */
  learningClip: 3,
  /** How fast the scale of an hour of the day follows, and that of an hour of the week. */
  hourScaleRate: 0.03,
  seasonScaleRate: 0.12,
  /** The weight of the hour of the week in the scale, beside the hour of the day. */
  seasonScaleShare: 0.5,
  /** The share of a new variance that the neighbouring hours of the week take on. */
  scaleNeighbourShare: 0.3,
  /** A count of n has a square root that strays by ½ by chance alone, a little less for very small n. */
  scaleFloor: 0.45,
  /** z-scores beyond this count only by their logarithm: ten times further off is not ten times more certain. */
  softClipFrom: 4.5,
  softClipSlope: 0.3,
  /** The order of the autoregression: up to 3. */
  autoregressionOrder: 3,
  autocovarianceRate: 0.001,
  /** The longest look-back window that is used, in buckets. */
  longestWindow: 24,
  /** A step counts at most as much as Stouffer's sum of its buckets, by this factor. */
  stoufferShare: 1,
  /** On holidays and bridge days the scale is this much wider. */
  holidayWidening: 2,
  /** How far the series' own tail counts: its quantile at `tailNear`, drawn by `farShare` towards that at `tailFar`. */
  ownTail: 1,
  tailNear: 0.96,
  tailFar: 0.995,
  farShare: 0.6,
  /** No tail is taken to be narrower than this, in tails of a usual series. */
  tailFloor: 0.7,
  /** The hour itself must lie this many scales off, in the direction of the alarm. */
  pointing: 1.2,
  /** How fast the innovation variance follows when a series becomes more or less erratic: it forgets in three days. */
  innovationVarianceRate: 0.013,
  /** An hour with few sessions matters less: its score counts by this power of its share of the usual. */
  volumePower: 0.15,
  /** Changes below these count less, in proportion: e^0.35 is 42 % more or 30 % less. */
  fullChange: 0.35,
  fullCount: 8,
  /** A run of zeros: how its score grows with the counts it cost, of which so many are always allowed. */
  zeroRunWeight: 3,
  zeroRunAllowance: 6,
  /**
   * From this score on, and while hours stay `outlierZ` scales off, hours are outliers: kept out of the tails and learned
   * from with `outlierWeight`, until `outlierHold` buckets are regular. What lasts for days is a changepoint
   * (`Seasonality.changepointAfter`).
   */
  outlierFrom: 4.5,
  outlierHold: 6,
  outlierZ: 2,
  outlierWeight: 0.25,
};

export type Parameters = typeof defaultParameters;

/**
 * A level of users drifts by less than a percent a day, for months: the baseline follows it within days, and a twentieth
 * is as large a change as a third is of a count that comes and goes.
 */
const levelParameters: Parameters = {
  ...defaultParameters,
  levelRate: 0.3,
  seasonalRate: 0.03,
  fullChange: 0.05,
};

/** The constants for a kind of number. */
export const parametersFor = (kind: NumberKind = "count"): Parameters =>
  kind === "level" ? levelParameters : defaultParameters;

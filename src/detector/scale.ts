import type { Parameters } from "./parameters.ts";
import { neighboursOf } from "./seasonality.ts";
import type { DetectorState } from "./state/state.ts";

/** The variance over all buckets is worth so many residuals to an hour of the day that is new. */
const PRIOR_RESIDUALS = 4;

/**
 * The scale (σ̂) of residuals at a season index: the geometric mean of the variances at its hour of the day and at its
 * hour of the week, never below what counting alone brings about. With n comparable hours the baseline itself is
 * uncertain by 1/n of the variance, which is added. @param floor the standard deviation that chance alone brings about
 */
export function scaleAt(
  { hourVariance, seasonVariance, seasonCount }: DetectorState,
  season: number,
  parameters: Parameters,
  floor = parameters.scaleFloor,
): number {
  const ofHour = hourVariance[season % hourVariance.length]!;
  const ofSeason = seasonVariance[season] || ofHour;
  const variance = ofHour ** (1 - parameters.seasonScaleShare) * ofSeason ** parameters.seasonScaleShare;
  const uncertainty = 1 + 1 / Math.max(1, seasonCount[season]!);
  return Math.max(floor, Math.sqrt(variance)) * Math.sqrt(uncertainty);
}

/** Moves the variances towards a squared residual (exponentially weighted variance), at `weight` times the usual rates. */
export function updateScale(
  state: DetectorState,
  season: number,
  residual: number,
  weight: number,
  parameters: Parameters,
): void {
  const { hourVariance, hourCount, seasonVariance, seasonCount } = state;
  // Part of a residual is the baseline's own uncertainty.
  const squared = residual ** 2 / (1 + 1 / Math.max(1, seasonCount[season]!));
  const towards = (variance: number, rate: number) => variance + weight * rate * (squared - variance);

  state.variance = towards(
    state.variance,
    Math.max(parameters.autocovarianceRate, 1 / (state.knownBuckets + 1)),
  );
  const hour = season % hourVariance.length;
  const seen = hourCount[hour]!;
  const hourRate = Math.max(parameters.hourScaleRate, 1 / (seen + PRIOR_RESIDUALS));
  hourVariance[hour] = towards(seen === 0 ? state.variance : hourVariance[hour]!, hourRate);
  hourCount[hour] = Math.min(255, seen + 1);

  if (seasonCount[season] === 0) return;
  const rate = Math.max(parameters.seasonScaleRate, 1 / (seasonCount[season]! + 2));
  seasonVariance[season] = towards(seasonVariance[season] || hourVariance[hour]!, rate);
  for (const neighbour of neighboursOf(season, seasonVariance.length)) {
    const known = seasonVariance[neighbour]!;
    if (known > 0) seasonVariance[neighbour] = towards(known, rate * parameters.scaleNeighbourShare);
  }
}

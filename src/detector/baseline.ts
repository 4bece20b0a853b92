import type { Bucket } from "../time/time.ts";
import type { Parameters } from "./parameters.ts";
import { neighboursOf, seasonalityOf } from "./seasonality.ts";
import { ago, slotOf } from "./state/ring.ts";
import type { DetectorState } from "./state/state.ts";
import { anscombe } from "./transform.ts";

const NONE_EXPECTED = anscombe(0);

/** The baseline: what is expected at a season index, transformed. It is the present level plus the seasonal offset. */
export const expectedAt = ({ level, seasonal }: DetectorState, season: number): number =>
  Math.max(NONE_EXPECTED, level + seasonal[season]!);

/**
 * Moves level and seasonal offset towards a residual by exponential smoothing (Holt–Winters without a trend), at
 * `weight` times the usual rates. A season seen n times moves by at least 1/(n+1): a running mean, until there are many.
 */
export function updateBaseline(
  state: DetectorState,
  season: number,
  residual: number,
  weight: number,
  parameters: Parameters,
): void {
  const { seasonal, seasonCount } = state;
  const rate = weight * Math.max(parameters.seasonalRate, 1 / (seasonCount[season]! + 1));
  seasonal[season]! += rate * residual;
  for (const neighbour of neighboursOf(season, seasonal.length)) {
    if (seasonCount[neighbour]! > 1) seasonal[neighbour]! += rate * parameters.neighbourShare * residual;
  }
  state.level += weight * parameters.levelRate * residual;
}

/** A level that moved by more than this factor says too little about the shape of the week to be applied in full. */
const LARGEST_MOVE = 50;

/**
 * Accepts a new level: scales all that is expected, at once, by the ratio of observed to expected counts over the last
 * buckets up to one; those of a day, or of a week of days, at most. What came before belongs to another level, and no
 * look-back window reaches into it any more.
 * @example moveLevel(state, noon, 24); // 640 sessions an hour where 1,240 were expected => 640 are expected
 */
export function moveLevel(state: DetectorState, bucket: Bucket, buckets: number): void {
  const { unit } = state.profile;
  const at = slotOf(unit, bucket);
  let [observed, expected] = [0, 0];
  for (let back = 0; back < Math.min(buckets, seasonalityOf(unit).levelWindow); back++) {
    observed += ago(state.observed, at, back);
    expected += ago(state.expected, at, back);
  }
  const ratio = Math.max(1 / LARGEST_MOVE, Math.min(LARGEST_MOVE, (observed + 0.5) / (expected + 0.5)));
  const factor = Math.sqrt(ratio);
  state.level *= factor;
  for (let season = 0; season < state.seasonal.length; season++) state.seasonal[season]! *= factor;
  state.usualVolume *= ratio;
  state.z.fill(0);
  state.innovation.fill(0);
  state.outlierAt = Number.NEGATIVE_INFINITY;
  state.recoveredAt = bucket;
  state.zeroRunCost = 0;
  state.zeroRunLength = 0;
}

import type { Treatment } from "../series/excluded-hours.ts";
import { type Bucket, stepOf } from "../time/time.ts";
import { type Parameters, parametersFor } from "./parameters.ts";
import { LEAST_DENOMINATOR } from "./ratio.ts";
import { score } from "./score.ts";
import { calendarPositionOf, seasonalityOf } from "./seasonality.ts";
import type { SendEffect } from "./send-effect.ts";
import type { DetectorState } from "./state/state.ts";
import { inParts, transformOf } from "./transform.ts";
import { updateFirst, updateMissing, updateNotLearned, updateScored, updateSkipped } from "./update.ts";
import type { Evidence } from "./verdict/evaluation.ts";

export { moveLevel } from "./baseline.ts";
export { decodeState, encodeState } from "./state/codec.ts";
export type { SeriesProfile } from "./state/profile.ts";
export { type DetectorState, newState } from "./state/state.ts";
export type { Evidence } from "./verdict/evaluation.ts";
export { verdictOf } from "./verdict/rules.ts";

/** A ratio, and what it was divided by. */
export interface RatioReading {
  readonly value: number;
  readonly denominator: number;
}

/** The value of one bucket, or why it is not known. */
export type Reading = number | RatioReading | "missing" | "partial";

/** Below this share of known buckets in the recent past, a series is not evaluated. */
const LEAST_COVERAGE = 0.5;

/**
 * Takes one bucket in, in order, and answers what earlier buckets say about it: score first, learn second.
 *
 * An hour is anomalous if it, or the last few hours together, lie further from what the same hours of the week and the
 * present level lead one to expect than this series' own past scores.
 * @param treatment what people said about the bucket: it is not learned, or not even evaluated.
 * @param sendEffect what was sent shortly before may do to it.
 * @example observe(state, mondayNine, 610).drop; // 1,240 ± 70 expected => { anomalyScore: 7.4, window: 1, … }
 */
export function observe(
  state: DetectorState,
  bucket: Bucket,
  value: Reading,
  parameters: Parameters = parametersFor(state.profile.kind),
  treatment?: Treatment,
  sendEffect?: SendEffect,
): Evidence {
  const { kind } = state.profile;
  updateSkipped(state, bucket);
  state.last = bucket;
  if (typeof value === "string") {
    updateMissing(state, bucket);
    return { bucket, notEvaluated: value };
  }
  const { denominator } = typeof value === "number" ? {} : value;
  const reading = inParts(typeof value === "number" ? value : value.value, kind);
  if (denominator !== undefined && denominator < LEAST_DENOMINATOR) {
    updateNotLearned(state, bucket);
    return { bucket, notEvaluated: "small-denominator" };
  }
  if (treatment === "not-evaluated") {
    updateNotLearned(state, bucket);
    return { bucket, notEvaluated: "excluded" };
  }
  if (reading > 0) state.begun = Math.min(state.begun, bucket);
  // Before its first count a segment was not tracked yet.
  if (state.begun > bucket) return { bucket, notEvaluated: "too-little-history" };

  const { warmUp, period } = seasonalityOf(state.profile.unit);
  const step = stepOf(state.profile.unit);
  const position = calendarPositionOf(bucket, state.profile);
  const isLearned = treatment !== "not-learned";
  const readyAt = state.begun + warmUp * step;
  if (state.seasonCount[position.season] === 0) {
    if (isLearned) updateFirst(state, bucket, reading, position, parameters);
    else updateNotLearned(state, bucket);
    // An hour of the week that was missing when the series was new is ready a week after the others.
    const seasonReadyAt = bucket < readyAt ? readyAt : bucket + period * step;
    return { bucket, notEvaluated: "too-little-history", readyAt: seasonReadyAt };
  }
  const isFlat = !transformOf(kind).isSteady && state.unchangedBuckets >= period;
  const isStale = state.coverage < LEAST_COVERAGE;
  const evaluation = score(state, bucket, reading, position, isLearned, parameters, denominator, sendEffect);
  updateScored(state, evaluation, position, isLearned, parameters);
  if (bucket < readyAt) return { bucket, notEvaluated: "too-little-history", readyAt };
  if (isFlat) return { bucket, notEvaluated: "flat" };
  return isStale ? { bucket, notEvaluated: "stale" } : evaluation;
}

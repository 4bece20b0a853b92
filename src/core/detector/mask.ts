import { type Bucket, stepOf } from "../time.ts";
import type { DetectorState } from "./state.ts";
import type { Tuning } from "./tuning.ts";

/** Over how many buckets one sees by how much an incident is off. */
const OFF_OVER = 24;

/**
 * Whether a bucket stands out or follows one that did. What has been so for days is a new level, not an incident:
 * then it is believed.
 */
export function isMasked(
  state: DetectorState,
  bucket: Bucket,
  surprise: number,
  z: number,
  { maskFrom, maskHold, maskBeyond, maskAtMost, pointing }: Tuning,
): boolean {
  const step = stepOf(state.profile.unit);
  const wasMasked = bucket - state.maskedAt <= maskHold * step;
  const isOver = wasMasked && Math.abs(z) < pointing && Math.abs(state.offBy) >= 2 * pointing;
  if (isOver) {
    if (state.calmSince <= state.maskedAt) state.calmSince = bucket;
  } else if (surprise >= maskFrom || (wasMasked && Math.abs(z) > maskBeyond)) {
    if (!wasMasked) state.maskedSince = bucket;
    state.maskedAt = bucket;
  }
  const age = (bucket - state.maskedSince) / step;
  state.offBy += (z - state.offBy) / Math.min(OFF_OVER, age + 1);
  return bucket - state.maskedAt <= maskHold * step && age < maskAtMost;
}

import { type Bucket, stepOf } from "../time/time.ts";
import { rhythmOf } from "./rhythm.ts";
import type { DetectorState } from "./state.ts";
import type { Tuning } from "./tuning.ts";

/** Over how many buckets one sees by how much an incident is off. */
const OFF_OVER = 24;

/** How a bucket is to be learned from: as usual, less while it stands out, or as a new level when it has done so for days. */
export type Trust = "usual" | "masked" | "believed";

/**
 * Whether a bucket stands out or follows one that did. What has been so for days is a new level, not an incident:
 * then it is believed.
 */
export function trustIn(
  state: DetectorState,
  bucket: Bucket,
  surprise: number,
  z: number,
  { maskFrom, maskHold, maskBeyond, pointing }: Tuning,
): Trust {
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
  if (bucket - state.maskedAt > maskHold * step) return "usual";
  return age < rhythmOf(state.profile.unit).lasting ? "masked" : "believed";
}

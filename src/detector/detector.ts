import type { Treatment } from "../series/excluded-hours.ts";
import { type Bucket, stepOf } from "../time/time.ts";
import type { Evidence } from "./evidence.ts";
import { judge } from "./judge.ts";
import { meet, passOver, setAside } from "./learn.ts";
import { placeOf, rhythmOf } from "./rhythm.ts";
import { type DetectorState, REMEMBERED } from "./state.ts";
import { defaultTuning, type Tuning } from "./tuning.ts";

export { moveLevel } from "./baseline.ts";
export { decodeState, encodeState } from "./codec.ts";
export type { Evidence } from "./evidence.ts";
export { verdictOf } from "./rules.ts";
export { type DetectorState, newState, type SeriesProfile } from "./state.ts";

/** The sessions of one bucket, or why they are not known. */
export type Reading = number | "missing" | "partial";

/**
 * Takes one bucket in, in order, and answers what earlier buckets say about it.
 *
 * An hour is anomalous if its sessions, or those of the last hours together, lie further from what the same hours
 * of the week, the present level and the hours just before lead one to expect than this series' own past surprises.
 * @param treatment what people said about the bucket: it is not learned, or not even judged.
 * @example observe(state, mondayNine, 610).drop; // 1,240 ± 70 expected => { surprise: 7.4, window: 1, … }
 */
export function observe(
  state: DetectorState,
  bucket: Bucket,
  reading: Reading,
  tuning: Tuning = defaultTuning,
  treatment?: Treatment,
): Evidence {
  const rhythm = rhythmOf(state.profile.unit);
  const step = stepOf(state.profile.unit);
  // What was skipped is unknown, however far back the longest window reaches.
  const skipped = Math.min(REMEMBERED, (bucket - state.last) / step - 1);
  for (let back = skipped; back >= 1; back--) passOver(state, bucket - back * step, rhythm);
  state.last = bucket;
  if (typeof reading !== "number") {
    passOver(state, bucket, rhythm);
    return { bucket, unjudged: reading };
  }
  if (treatment === "unjudged") {
    setAside(state, bucket);
    return { bucket, unjudged: "excluded" };
  }
  if (reading > 0) state.begun = Math.min(state.begun, bucket);
  // Before its first sessions a segment was not tracked yet.
  if (state.begun > bucket) return { bucket, unjudged: "too-little-history" };

  const place = placeOf(bucket, state.profile);
  const readyAt = state.begun + rhythm.warmUp * step;
  if (state.seen[place.cell] === 0) {
    if (treatment === "unlearned") setAside(state, bucket);
    else meet(state, bucket, reading, place.cell, rhythm, tuning);
    // An hour of the week that was missing when the series was new is ready a week after the others.
    const cellReadyAt = bucket < readyAt ? readyAt : bucket + rhythm.cells * step;
    return { bucket, unjudged: "too-little-history", readyAt: cellReadyAt };
  }
  const flat = state.unchangedFor >= rhythm.cells;
  const stale = state.knownShare < 0.5;
  const evidence = judge(state, bucket, reading, place, rhythm, tuning, treatment !== "unlearned");
  if (bucket < readyAt) return { bucket, unjudged: "too-little-history", readyAt };
  if (flat) return { bucket, unjudged: "flat" };
  return stale ? { bucket, unjudged: "stale" } : evidence;
}

import type { Bucket } from "../time/time.ts";
import { stepOf } from "../time/time.ts";
import { type DetectorState, REMEMBERED } from "./state.ts";
import type { Tuning } from "./tuning.ts";

/** Where a bucket stands in the rings of the last ones. */
export const slotOf = (state: DetectorState, bucket: Bucket): number =>
  (bucket / stepOf(state.profile.unit)) % REMEMBERED;

/** The value `back` buckets before slot `at` of a ring. */
export const ago = (ring: Float32Array, at: number, back: number): number =>
  ring[(at - back + REMEMBERED) % REMEMBERED]!;

/** What the last z-scores lead one to expect of the next: an app that is below its baseline tends to stay there. */
export function lingeringAt({ z, lingering }: DetectorState, at: number): number {
  let expected = 0;
  for (let lag = 1; lag <= lingering.length; lag++) expected += lingering[lag - 1]! * ago(z, at, lag);
  return expected;
}

/** Learns how z-scores go together with those just before, `share` as fast as usual. */
export function learnMemory(state: DetectorState, at: number, share: number, tuning: Tuning): void {
  const { z, together } = state;
  const clip = (value: number) => Math.max(-tuning.learningClip, Math.min(tuning.learningClip, value));
  const now = clip(z[at]!);
  for (let lag = 0; lag < together.length; lag++) {
    together[lag]! += share * tuning.memoryRate * (now * clip(ago(z, at, lag)) - together[lag]!);
  }
}

/** The Yule–Walker equations, solved by Levinson's recursion: autocovariances in, forecasting weights out. */
export function solveMemory({ together, lingering }: DetectorState, { memoryOrder }: Tuning): void {
  // A little white noise keeps the equations solvable for a series that hardly varies.
  let error = together[0]! * 1.02;
  lingering.fill(0);
  for (let order = 0; order < memoryOrder; order++) {
    let sum = together[order + 1]!;
    for (let i = 0; i < order; i++) sum -= lingering[i]! * together[order - i]!;
    const reflection = sum / error;
    const before = lingering.slice(0, order);
    for (let i = 0; i < order; i++) lingering[i]! -= reflection * before[order - 1 - i]!;
    lingering[order] = reflection;
    error *= 1 - reflection ** 2;
  }
}

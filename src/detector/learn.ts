import type { Bucket } from "../time/time.ts";
import { expectedAt, learnBaseline, rootOf } from "./baseline.ts";
import { withPeak } from "./budget.ts";
import type { Distance } from "./distance.ts";
import type { Trust } from "./mask.ts";
import { learnMemory, lingeringAt, slotOf, solveMemory } from "./memory.ts";
import type { Place, Rhythm } from "./rhythm.ts";
import { learnSpread } from "./spread.ts";
import type { DetectorState } from "./state.ts";
import { note, scaleOf } from "./tail.ts";
import type { Tuning } from "./tuning.ts";
import type { Step } from "./windows.ts";

/** An unknown bucket is neither high nor low: as far off as the ones before led one to expect. */
export function passOver(state: DetectorState, bucket: Bucket, rhythm: Rhythm): void {
  assume(state, slotOf(state, bucket));
  state.knownShare -= state.knownShare / rhythm.staleOver;
}

/** A bucket that is no example is taken as an unknown one, but the series was read. */
export const setAside = (state: DetectorState, bucket: Bucket): void => assume(state, slotOf(state, bucket));

function assume(state: DetectorState, at: number): void {
  state.z[at] = lingeringAt(state, at);
  state.fresh[at] = 0;
  state.observed[at] = 0;
  state.expected[at] = 0;
}

/** Takes in the first bucket of a cell; how far the days stray from each other is a first idea of the spread. */
export function meet(
  state: DetectorState,
  bucket: Bucket,
  sessions: number,
  cell: number,
  rhythm: Rhythm,
  tuning: Tuning,
): void {
  const { shape, seen } = state;
  assume(state, slotOf(state, bucket));
  const root = rootOf(sessions);
  const dayBefore = (cell - rhythm.groups + rhythm.cells) % rhythm.cells;
  if (seen[dayBefore]! > 0) learnSpread(state, cell, root - expectedAt(state, dayBefore), 1, tuning);
  shape[cell] = root - state.level;
  count(state, sessions, rhythm);
  countSeen(state, cell);
}

/** Counts a known bucket. */
export function count(state: DetectorState, sessions: number, rhythm: Rhythm): void {
  state.known++;
  state.knownShare += (1 - state.knownShare) / rhythm.staleOver;
  state.unchangedFor = sessions === state.lastCount ? state.unchangedFor + 1 : 0;
  state.lastCount = sessions;
}

/** Counts a bucket that its cell has learned from. */
export function countSeen(state: DetectorState, cell: number): void {
  state.seen[cell] = Math.min(255, state.seen[cell]! + 1);
}

/** Learns from a bucket that was judged, less from one that stood out or was a holiday. */
export function learn(
  state: DetectorState,
  at: number,
  { cell, holiday }: Place,
  { plain, residual, spread }: Distance,
  steps: readonly Step[],
  trust: Trust,
  tuning: Tuning,
): void {
  const clip = tuning.learningClip * spread;
  const clipped = (value: number) => Math.max(-clip, Math.min(clip, value));
  // The first comparisons, with a single week before, say more about the young baseline than about the series.
  if (trust === "usual" && state.seen[cell]! > 1) {
    for (const [w, { beyond }] of steps.entries()) {
      note(state.tails, 2 * w, -beyond);
      note(state.tails, 2 * w + 1, beyond);
    }
  }
  const fresh = state.fresh[at]!;
  state.freshness += tuning.freshnessRate * (Math.min(fresh ** 2, 9 * state.freshness) - state.freshness);
  // A holiday says nothing about the weeks to come.
  if (holiday) return;
  const share = trust === "masked" ? tuning.damping : 1;
  learnMemory(state, at, share, tuning);
  learnBaseline(state, cell, clipped(plain), share, tuning);
  learnSpread(state, cell, clipped(residual), share, tuning);
}

/** Once a day: what lingers, how wide the series' own tails are, and how surprising the day was at most. */
export function takeStock(state: DetectorState, tuning: Tuning): void {
  solveMemory(state, tuning);
  for (let tail = 0; tail < state.scales.length; tail++) {
    state.scales[tail] = scaleOf(state.tails, tail, tuning);
  }
  state.dropPeaks = withPeak(state.dropPeaks, state.dropPeak);
  state.spikePeaks = withPeak(state.spikePeaks, state.spikePeak);
  state.dropPeak = 0;
  state.spikePeak = 0;
}

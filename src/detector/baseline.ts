import type { Bucket } from "../time/time.ts";
import { ago, slotOf } from "./memory.ts";
import { rhythmOf } from "./rhythm.ts";
import type { DetectorState } from "./state.ts";
import type { Tuning } from "./tuning.ts";

/** Square roots of counts stray by the same amount whatever their size (Anscombe); ⅜ helps the smallest. */
export const rootOf = (sessions: number): number => Math.sqrt(sessions + 0.375);
export const sessionsOf = (root: number): number => Math.max(0, root * root - 0.375);

const ROOT_OF_NONE = rootOf(0);

/** What a bucket of a cell is expected to be, as a root: the present level and the cell's distance from it. */
export const expectedAt = ({ level, shape }: DetectorState, cell: number): number =>
  Math.max(ROOT_OF_NONE, level + shape[cell]!);

/** Learns level and shape from a residual, `share` as fast as usual. */
export function learnBaseline(
  state: DetectorState,
  cell: number,
  residual: number,
  share: number,
  tuning: Tuning,
): void {
  const { shape, seen } = state;
  const rate = share * Math.max(tuning.shapeRate, 1 / (seen[cell]! + 1));
  shape[cell]! += rate * residual;
  for (const neighbour of neighboursOf(cell, shape.length)) {
    if (seen[neighbour]! > 1) shape[neighbour]! += rate * tuning.neighbourShare * residual;
  }
  state.level += share * tuning.levelRate * residual;
}

/** A level that moved this far or further says too little about the shape of the week to be taken at its word. */
const FURTHEST = 50;

/**
 * Moves all that is expected, at once, to what the last buckets up to one show together: those of a day, or of a week of
 * days, at most. What came before is of another level, and no look-back window reaches into it any more.
 * @example moveLevel(state, noon, 24); // 640 sessions an hour where 1,240 were expected => 640 are expected
 */
export function moveLevel(state: DetectorState, bucket: Bucket, buckets: number): void {
  const at = slotOf(state, bucket);
  const { levelOver } = rhythmOf(state.profile.unit);
  let [observed, expected] = [0, 0];
  for (let back = 0; back < Math.min(buckets, levelOver); back++) {
    observed += ago(state.observed, at, back);
    expected += ago(state.expected, at, back);
  }
  const ratio = Math.max(1 / FURTHEST, Math.min(FURTHEST, (observed + 0.5) / (expected + 0.5)));
  const factor = Math.sqrt(ratio);
  state.level *= factor;
  for (let cell = 0; cell < state.shape.length; cell++) state.shape[cell]! *= factor;
  state.volume *= ratio;
  state.z.fill(0);
  state.fresh.fill(0);
  state.maskedAt = Number.NEGATIVE_INFINITY;
  state.calmSince = bucket;
  state.silence = 0;
  state.silentFor = 0;
}

/** The hours before and after in the week; days have no such kin. */
export const neighboursOf = (cell: number, cells: number): readonly number[] =>
  cells > 7 ? [(cell + 1) % cells, (cell + cells - 1) % cells] : [];

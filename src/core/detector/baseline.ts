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

/** Raises or lowers all that is expected by a share: a new level changes busy hours by more than quiet ones. */
export function rescale(state: DetectorState, share: number): void {
  const factor = 1 + Math.max(-0.05, Math.min(0.05, share));
  state.level *= factor;
  for (let cell = 0; cell < state.shape.length; cell++) state.shape[cell]! *= factor;
}

/** The hours before and after in the week; days have no such kin. */
export const neighboursOf = (cell: number, cells: number): readonly number[] =>
  cells > 7 ? [(cell + 1) % cells, (cell + cells - 1) % cells] : [];

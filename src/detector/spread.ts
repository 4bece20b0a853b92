import { neighboursOf } from "./baseline.ts";
import type { DetectorState } from "./state.ts";
import type { Tuning } from "./tuning.ts";

/** What is known of all buckets is worth so many of its own residuals to an hour of the day that is new. */
const BORROWED = 4;

/** How far the residuals of a cell stray: half the say has its hour of the day, half its hour of the week. */
export function spreadAt(
  { groupVariance, cellVariance, seen }: DetectorState,
  cell: number,
  tuning: Tuning,
): number {
  const ofDay = groupVariance[cell % groupVariance.length]!;
  const ofWeek = cellVariance[cell] || ofDay;
  const variance = ofDay ** (1 - tuning.weekSpreadShare) * ofWeek ** tuning.weekSpreadShare;
  // With few comparable hours the baseline itself is uncertain: the honest band is wider.
  const uncertain = 1 + 1 / Math.max(1, seen[cell]!);
  return Math.max(tuning.spreadFloor, Math.sqrt(variance)) * Math.sqrt(uncertain);
}

/** Learns from a residual how far residuals stray, `share` as fast as usual. */
export function learnSpread(
  state: DetectorState,
  cell: number,
  residual: number,
  share: number,
  tuning: Tuning,
): void {
  const { groupVariance, groupSeen, cellVariance, seen } = state;
  // Part of a residual is the baseline's own uncertainty.
  const squared = residual ** 2 / (1 + 1 / Math.max(1, seen[cell]!));
  const towards = (variance: number, rate: number) => variance + share * rate * (squared - variance);

  state.variance = towards(state.variance, Math.max(tuning.memoryRate, 1 / (state.known + 1)));
  const group = cell % groupVariance.length;
  const inGroup = groupSeen[group]!;
  const groupRate = Math.max(tuning.hourSpreadRate, 1 / (inGroup + BORROWED));
  groupVariance[group] = towards(inGroup === 0 ? state.variance : groupVariance[group]!, groupRate);
  groupSeen[group] = Math.min(255, inGroup + 1);

  if (seen[cell] === 0) return;
  const rate = Math.max(tuning.weekSpreadRate, 1 / (seen[cell]! + 2));
  cellVariance[cell] = towards(cellVariance[cell] || groupVariance[group]!, rate);
  for (const neighbour of neighboursOf(cell, cellVariance.length)) {
    const known = cellVariance[neighbour]!;
    if (known > 0) cellVariance[neighbour] = towards(known, rate * tuning.spreadNeighbourShare);
  }
}

import type { Parameters } from "./parameters.ts";
import type { DetectorState } from "./state/state.ts";
import type { WindowScore } from "./windows.ts";

/** The costliest run is forgotten slowly: by half in two months of hours. */
const FORGETTING = 0.0005;

/** The present run of zeros before a bucket, and what is expected of the bucket. */
export interface ZeroRunBefore {
  /** Buckets of the run. */
  readonly length: number;
  /** The counts that were expected of them. */
  readonly cost: number;
  /** What the costliest ordinary run of this series cost. */
  readonly costliest: number;
  /** The counts expected of the bucket; on a holiday those of the quieter shape. */
  readonly expected: number;
}

const scoreOfCost = (
  cost: number,
  costliest: number,
  { zeroRunWeight, zeroRunAllowance }: Parameters,
): number => zeroRunWeight * Math.log(1 + cost / (zeroRunAllowance + costliest));

/**
 * The zero-run test: how unusual it is that nothing was counted once more, by the counts that the whole run of zeros
 * cost, compared with the costliest ordinary run of this series. It tells an outage from a quiet night, since a zero
 * looks the same at any volume. Undefined for a bucket that counted something.
 * @example zeroRunScore({ length: 2, cost: 80, costliest: 0, expected: 40 }, 0, parameters)?.anomalyScore; // => 3 · ln 21 = 9.1
 */
export function zeroRunScore(
  { length, cost, costliest, expected }: ZeroRunBefore,
  count: number,
  parameters: Parameters,
): WindowScore | undefined {
  if (count > 0) return undefined;
  return {
    anomalyScore: scoreOfCost(cost + expected, costliest, parameters),
    window: length + 1,
    observed: 0,
    expected: cost + expected,
  };
}

/** Continues the run of zeros with a bucket that counted nothing, or ends it; an ordinary run sets the measure for later ones. */
export function updateZeroRun(
  state: DetectorState,
  count: number,
  expected: number,
  parameters: Parameters,
  isLearned: boolean,
): void {
  if (count === 0) {
    state.zeroRunCost += expected;
    state.zeroRunLength++;
    return;
  }
  // A run that stood out, or ends among buckets that are not learned, says nothing about ordinary ones.
  const isOrdinary =
    scoreOfCost(state.zeroRunCost, state.costliestZeroRun, parameters) < parameters.outlierFrom;
  if (isLearned && isOrdinary) state.costliestZeroRun = Math.max(state.costliestZeroRun, state.zeroRunCost);
  state.costliestZeroRun *= 1 - FORGETTING;
  state.zeroRunCost = 0;
  state.zeroRunLength = 0;
}

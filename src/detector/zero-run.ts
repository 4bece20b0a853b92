import type { Parameters } from "./parameters.ts";
import type { DetectorState } from "./state/state.ts";
import type { WindowScore } from "./windows.ts";

/** The costliest run is forgotten slowly: by half in two months of hours. */
const FORGETTING = 0.0005;

const scoreOfCost = (
  cost: number,
  { costliestZeroRun }: DetectorState,
  { zeroRunWeight, zeroRunAllowance }: Parameters,
): number => zeroRunWeight * Math.log(1 + cost / (zeroRunAllowance + costliestZeroRun));

/**
 * The zero-run test: how unusual it is that nothing was counted once more, by the counts that the whole run of zeros
 * cost, compared with the costliest ordinary run of this series. It tells an outage from a quiet night, since a zero
 * looks the same at any volume. Undefined for a bucket that counted something.
 * @example zeroRunScore(state, 0, 40, parameters)?.anomalyScore; // third hour, 80 missed before => 3 · ln 21 = 9.1
 */
export function zeroRunScore(
  state: DetectorState,
  count: number,
  expected: number,
  parameters: Parameters,
): WindowScore | undefined {
  if (count > 0) return undefined;
  const cost = state.zeroRunCost + expected;
  return {
    anomalyScore: scoreOfCost(cost, state, parameters),
    window: state.zeroRunLength + 1,
    observed: 0,
    expected: cost,
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
  if (isLearned && scoreOfCost(state.zeroRunCost, state, parameters) < parameters.outlierFrom)
    state.costliestZeroRun = Math.max(state.costliestZeroRun, state.zeroRunCost);
  state.costliestZeroRun *= 1 - FORGETTING;
  state.zeroRunCost = 0;
  state.zeroRunLength = 0;
}

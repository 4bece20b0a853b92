import type { Clue } from "./evidence.ts";
import type { DetectorState } from "./state.ts";
import type { Tuning } from "./tuning.ts";

/** Runs of zeros are forgotten slowly: half of the longest in two months. */
const FORGETTING = 0.0005;

/**
 * How surprising a run of zeros is: by the sessions it cost, compared with the costliest run this series has had.
 * Nothing else tells an outage from a quiet night as well, for zeros are the same at any volume.
 * @example followSilence(state, 0, 40, tuning)?.surprise; // third hour, 120 expected, 2 before => 8.3
 */
export function followSilence(
  state: DetectorState,
  sessions: number,
  expected: number,
  { silenceWeight, silenceAllowed, maskFrom }: Tuning,
  isExample = true,
): Clue | undefined {
  const surpriseOf = (cost: number) =>
    silenceWeight * Math.log(1 + cost / (silenceAllowed + state.longestSilence));
  if (sessions > 0) {
    // A run that stood out, or ends among buckets that are no example, says nothing about ordinary ones.
    if (isExample && surpriseOf(state.silence) < maskFrom)
      state.longestSilence = Math.max(state.longestSilence, state.silence);
    state.longestSilence *= 1 - FORGETTING;
    state.silence = 0;
    state.silentFor = 0;
    return undefined;
  }
  state.silence += expected;
  state.silentFor++;
  return {
    surprise: surpriseOf(state.silence),
    window: state.silentFor,
    observed: 0,
    expected: state.silence,
  };
}

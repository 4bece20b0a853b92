import type { Parameters } from "./parameters.ts";
import { ago, slotOf } from "./state/ring.ts";
import type { DetectorState } from "./state/state.ts";
import type { Newest } from "./windows.ts";

/** The last buckets up to the newest one that deviate together. */
export interface Onset {
  /** How many: 1 for the newest alone. */
  readonly buckets: number;
  /** Their counts together. */
  readonly observed: number;
  readonly expected: number;
}

/** By how much an earlier beginning must make the buckets more unusual, so that noise before them is left out. */
const CLEARLY = 0.2;

/**
 * Since when the newest bucket and those before it deviate: the beginning that makes their z-scores most unusual
 * together, by Stouffer's Σz ÷ √n. It is the maximum-likelihood estimate of when a step began, and one ordinary bucket
 * within the step does not end it. The first one deviates by itself.
 * Source: D. V. Hinkley, "Inference about the change-point in a sequence of random variables", Biometrika 57 (1970).
 * @param longest how many buckets to look at
 * @example onsetOf(state, bucket, { z: −5, observed: 316 }, 3_087, 24, parameters); // −4 and −5 before => { buckets: 3, … }
 */
export function onsetOf(
  state: DetectorState,
  bucket: number,
  newest: Newest,
  expected: number,
  longest: number,
  { pointing }: Parameters,
): Onset {
  const at = slotOf(state.profile.unit, bucket);
  const sign = Math.sign(newest.z);
  const sums = { z: newest.z, observed: newest.observed, expected };
  let onset: Onset = { buckets: 1, observed: newest.observed, expected };
  let most = sign * newest.z;
  for (let back = 1; back < longest; back++) {
    const z = ago(state.z, at, back);
    sums.z += z;
    sums.observed += ago(state.observed, at, back);
    sums.expected += ago(state.expected, at, back);
    const together = (sign * sums.z) / Math.sqrt(back + 1);
    if (sign * z < pointing || together <= most + CLEARLY) continue;
    most = together;
    onset = { buckets: back + 1, observed: sums.observed, expected: sums.expected };
  }
  return onset;
}

import { expectedAt, rootOf } from "./baseline.ts";
import type { Place, Rhythm } from "./rhythm.ts";
import { spreadAt } from "./spread.ts";
import type { DetectorState } from "./state.ts";
import type { Tuning } from "./tuning.ts";

/** How a bucket compares with its baseline, as roots. */
export interface Distance {
  readonly root: number;
  readonly expected: number;
  /** What is expected at least and at most: on a holiday anything from its weekday to a Sunday. */
  readonly least: number;
  readonly most: number;
  readonly spread: number;
  /** Observed − expected; on a holiday the lesser of the distances from this day's shape and from a Sunday's. */
  readonly residual: number;
  /** The same without regard to holidays. */
  readonly plain: number;
  readonly z: number;
}

/** Measures a bucket against its baseline. */
export function distanceOf(
  state: DetectorState,
  sessions: number,
  { cell, holiday }: Place,
  rhythm: Rhythm,
  tuning: Tuning,
): Distance {
  const root = rootOf(sessions);
  const expected = expectedAt(state, cell);
  const plain = root - expected;
  const spread = spreadAt(state, cell, tuning) * (holiday ? tuning.holidayWidening : 1);
  const ofSunday = holiday ? expectedAt(state, rhythm.sunday + (cell % rhythm.groups)) : expected;
  const residual = nearer(plain, root - ofSunday);
  return {
    root,
    expected,
    least: Math.min(expected, ofSunday),
    most: Math.max(expected, ofSunday),
    spread,
    residual,
    plain,
    z: bent(residual / spread, tuning),
  };
}

/** A holiday may be like its weekday, like a Sunday, or anything between. */
const nearer = (a: number, b: number): number => (a * b <= 0 ? 0 : Math.abs(a) < Math.abs(b) ? a : b);

function bent(z: number, { bendFrom, bendBy }: Tuning): number {
  const size = Math.abs(z);
  return size <= bendFrom ? z : Math.sign(z) * bendFrom * (1 + bendBy * Math.log(size / bendFrom));
}

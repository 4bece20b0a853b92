import type { Clue } from "./evidence.ts";
import { ago } from "./memory.ts";
import type { DetectorState } from "./state.ts";
import type { Tuning } from "./tuning.ts";

/** What the last `window` buckets show together. */
export interface Step {
  readonly window: number;
  /** How far they are off beyond what lingers from before, in standard deviations; signed. */
  readonly beyond: number;
  /** How far they are off at all: the sum of their z-scores by √window; signed. */
  readonly plain: number;
  /** Sessions. */
  readonly observed: number;
  readonly expected: number;
}

/** Looks back over each window that does not reach further than `reach` buckets. */
export function stepsAt(state: DetectorState, at: number, windows: readonly number[], reach: number): Step[] {
  const steps: Step[] = [];
  let [sum, observed, expected, back] = [0, 0, 0, 0];
  for (const window of windows) {
    if (window > reach) break;
    for (; back < window; back++) {
      sum += ago(state.z, at, back);
      observed += ago(state.observed, at, back);
      expected += ago(state.expected, at, back);
    }
    const plain = sum / Math.sqrt(window);
    steps.push({ window, beyond: stepBeyond(state, at, window), plain, observed, expected });
  }
  return steps;
}

/**
 * How surprising it is, in standard deviations, that the last `window` buckets differ from the ones before by a
 * constant number of spreads. Residuals linger, so a step shows in full in its first bucket and, in what is new
 * of each further one, only by what does not linger: these weights make the most of it (a matched filter).
 * @example stepBeyond(state, at, 6); // => −4.9 for six hours at −2 spreads, if nothing lingers
 */
function stepBeyond({ fresh, freshness, lingering }: DetectorState, at: number, window: number): number {
  let sum = 0;
  let squares = 0;
  let weight = 1;
  for (let i = 0; i < window; i++) {
    sum += weight * ago(fresh, at, window - 1 - i);
    squares += weight ** 2;
    if (i < lingering.length) weight -= lingering[i]!;
  }
  return sum / Math.sqrt(squares * freshness);
}

/** The window that speaks most for a direction (−1: drop), each measured by its own tail. */
export function clueOf(
  { scales }: DetectorState,
  steps: readonly Step[],
  sign: 1 | -1,
  tuning: Tuning,
): Clue {
  let loudest = { surprise: 0, window: 1, observed: 0, expected: 0 };
  for (const [w, { window, beyond, plain, observed, expected }] of steps.entries()) {
    // What is only news because the hours before led one to expect more counts as far as the hours are off at all.
    const off = Math.min(sign * beyond * sizeOf(observed, expected, tuning), sign * plain * tuning.agreement);
    const surprise = off / scales[2 * w + (sign < 0 ? 0 : 1)]!;
    if (w === 0 || surprise > loudest.surprise) {
      loudest = { surprise: Math.max(0, surprise), window, observed, expected };
    }
  }
  return loudest;
}

/** How much a change counts by its size: in full from `fullChange` (as a logarithm) and `fullSessions` on. */
const sizeOf = (observed: number, expected: number, { fullChange, fullSessions }: Tuning): number =>
  Math.min(1, Math.abs(Math.log((observed + 1) / (expected + 1))) / fullChange) *
  Math.min(1, Math.abs(observed - expected) / fullSessions);

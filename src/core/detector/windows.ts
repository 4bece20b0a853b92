import type { Clue } from "./evidence.ts";
import { ago } from "./memory.ts";
import type { DetectorState } from "./state.ts";

/**
 * How surprising it is, in standard deviations, that the last `window` buckets differ from the ones before by a
 * constant number of spreads. Residuals linger, so a step shows in full in its first bucket and, in what is new
 * of each further one, only by what does not linger: these weights make the most of it (a matched filter).
 * @example stepSurprise(state, at, 6); // => −4.9 for six hours at −2 spreads, if nothing lingers
 */
export function stepSurprise(
  { fresh, freshness, lingering }: DetectorState,
  at: number,
  window: number,
): number {
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
  state: DetectorState,
  at: number,
  windows: readonly number[],
  steps: readonly number[],
  sign: 1 | -1,
): Clue {
  let surprise = 0;
  let loudest = 0;
  for (let w = 0; w < steps.length; w++) {
    const scaled = (sign * steps[w]!) / state.scales[2 * w + (sign < 0 ? 0 : 1)]!;
    if (scaled > surprise) [surprise, loudest] = [scaled, w];
  }
  const window = windows[loudest]!;
  return {
    surprise,
    window,
    observed: sumOf(state.observed, at, window),
    expected: sumOf(state.expected, at, window),
  };
}

function sumOf(ring: Float32Array, at: number, window: number): number {
  let sum = 0;
  for (let back = 0; back < window; back++) sum += ago(ring, at, back);
  return sum;
}

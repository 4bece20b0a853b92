import type { Direction } from "../detector/verdict/verdict.ts";

/** A slow move of a series over some weeks. */
export interface Drift {
  readonly direction: Direction;
  readonly weeks: number;
  /** The first and the last week's total. */
  readonly from: number;
  readonly to: number;
}

/** The fewest weeks that show a drift, and the least change from the first to the last. */
const WEEKS = 5;
const LEAST = 0.1;

/** What a series without a drift exceeds about once in fifty times. */
const SIGNIFICANT = 2.2;

/**
 * The slow drift in the totals of consecutive weeks; undefined where there is none. It is a drift if the totals rise or
 * fall more steadily than chance does (Mann-Kendall test: of all pairs of weeks, how many rose, less how many fell; Mann
 * 1945, Kendall 1975), and by a tenth in all.
 * @example driftOf([1_000, 960, 930, 900, 860]); // => { direction: "drop", weeks: 5, from: 1_000, to: 860 }
 */
export function driftOf(totals: readonly number[]): Drift | undefined {
  const n = totals.length;
  if (n < WEEKS) return undefined;
  const [from, to] = [totals[0]!, totals.at(-1)!];
  if (from <= 0 || Math.abs(to / from - 1) < LEAST) return undefined;
  let rises = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) rises += Math.sign(totals[j]! - totals[i]!);
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  if (Math.abs(rises) - 1 < SIGNIFICANT * deviation || Math.sign(rises) !== Math.sign(to - from))
    return undefined;
  return { direction: to < from ? "drop" : "spike", weeks: n, from, to };
}

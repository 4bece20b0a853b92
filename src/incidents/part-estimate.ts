import { median } from "simple-statistics";

/** What a part of an incident counted in the buckets that decided, and what was expected of it. */
export interface PartNumbers {
  readonly observed: number;
  readonly expected: number;
  /** Whether the difference is of the usual size. */
  readonly isAsExpected: boolean;
}

/** Counts of consecutive buckets; those that are not known are undefined. */
export type Counts = readonly (number | undefined)[];

/** A difference below this share of the expected value is of the usual size, however steady a series is. */
const LEAST_SPREAD = 0.04;
/** A difference of more standard deviations is not of the usual size. */
const USUAL = 2.5;

/**
 * Estimates what was expected of a part that nobody watches, from few requests: the same buckets of the weeks before, each
 * scaled to the present level by the buckets before the incident, of which the median counts. Undefined where too little
 * is known.
 * @param now the present counts, of which the last `buckets` decided
 * @param before the counts of the same buckets in the weeks before
 */
export function estimatePart(
  now: Counts,
  before: readonly Counts[],
  buckets: number,
): PartNumbers | undefined {
  const split = now.length - buckets;
  const observed = sumOf(now.slice(split));
  const guesses = before.flatMap((week) => {
    const then = sumOf(week.slice(split));
    const level = levelOf(now.slice(0, split), week.slice(0, split));
    return then === undefined || level === undefined ? [] : [then * level];
  });
  if (observed === undefined || guesses.length === 0) return undefined;
  const expected = median(guesses);
  const scatter = guesses.length > 1 ? median(guesses.map((guess) => Math.abs(guess - expected))) * 1.48 : 0;
  const spread = Math.hypot(scatter, Math.sqrt(expected + 1), LEAST_SPREAD * expected);
  return { observed, expected, isAsExpected: Math.abs(observed - expected) <= USUAL * spread };
}

const sumOf = (counts: Counts): number | undefined =>
  counts.reduce<number | undefined>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0,
  );

/** How high the present level is, for each of another week: only buckets that both know count. */
function levelOf(now: Counts, then: Counts): number | undefined {
  let [present, past] = [0, 0];
  for (const [i, value] of now.entries()) {
    const other = then[i];
    if (value === undefined || other === undefined) continue;
    present += value;
    past += other;
  }
  return past > 0 ? present / past : undefined;
}

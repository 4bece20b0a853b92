const SPARKS = "▁▂▃▄▅▆▇█";

/**
 * Counts as a row of little bars, zero at the bottom; what is not known is a dot.
 * @example sparkline([0, 5, undefined, 10]); // => "▁▅·█"
 */
export function sparkline(counts: readonly (number | undefined)[], highest = highestOf(counts)): string {
  return counts
    .map((count) =>
      isCount(count)
        ? SPARKS[Math.min(SPARKS.length - 1, Math.floor((count / highest) * SPARKS.length))]!
        : "·",
    )
    .join("");
}

/** The largest count, at least 1. */
export const highestOf = (counts: readonly (number | undefined)[]): number =>
  counts.reduce<number>((most, count) => (isCount(count) ? Math.max(most, count) : most), 1);

/** Whether the value is a valid number of sessions. */
export const isCount = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value) && value >= 0;

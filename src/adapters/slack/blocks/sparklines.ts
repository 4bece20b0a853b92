const SPARKS = "▁▂▃▄▅▆▇█";

/**
 * Counts as a row of little bars, zero at the bottom, or the lowest where one is below zero; what is not known is a dot.
 * @example sparkline([0, 5, undefined, 10]); // => "▁▅·█"
 */
export function sparkline(
  counts: readonly (number | undefined)[],
  [lowest, highest]: readonly [lowest: number, highest: number] = [lowestOf(counts), highestOf(counts)],
): string {
  const barOf = (count: number) =>
    Math.min(SPARKS.length - 1, Math.floor(((count - lowest) / (highest - lowest)) * SPARKS.length));
  return counts.map((count) => (isKnown(count) ? SPARKS[barOf(count)]! : "·")).join("");
}

/** The largest count, 1 where all are zero: a ratio is mostly below one. */
export const highestOf = (counts: readonly (number | undefined)[]): number =>
  counts.reduce<number>((most, count) => (isKnown(count) ? Math.max(most, count) : most), 0) || 1;

/** The smallest count, at most 0: of revenue, more may be refunded than sold. */
export const lowestOf = (counts: readonly (number | undefined)[]): number =>
  counts.reduce<number>((least, count) => (isKnown(count) ? Math.min(least, count) : least), 0);

/** Whether the value is a number. */
export const isKnown = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value);

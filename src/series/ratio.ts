import type { Counted, Measured } from "../metrics/metrics.ts";
import { type Bucket, bucketsBetween, stepOf, type Unit } from "../time/time.ts";
import { type Point, type SeriesRef, seriesId, seriesRef } from "./series.ts";

/** Numerator and denominator of a ratio; undefined for what Braze counts. */
export function partsOf({
  per,
  metric,
  item,
  ...rest
}: SeriesRef): readonly [over: SeriesRef, under: SeriesRef] | undefined {
  const over = { ...(metric && { metric }), ...(item !== undefined && { item }) };
  return per && [partRef(rest, over), partRef(rest, per)];
}

/** A part as it is named where it is a series of its own. */
const partRef = (rest: Omit<SeriesRef, keyof Measured>, { metric, item }: Counted): SeriesRef => ({
  ...rest,
  ...(metric !== undefined && metric !== "sessions" && { metric }),
  ...(item !== undefined && { item }),
});

/** The ids of the parts of a ratio; none for what Braze counts. */
export const partIdsOf = (id: string): readonly string[] =>
  // Each tick asks this of every series: only the id of a ratio has a slash.
  id.includes("/") ? (partsOf(seriesRef(id)) ?? []).map(seriesId) : [];

/** The series that are collected for these: each itself, and the parts of a ratio; each once. */
export const withParts = (ids: readonly string[]): readonly string[] => [
  ...new Set(ids.flatMap((id) => [...partIdsOf(id), id])),
];

interface Past {
  readonly first: Bucket;
  readonly values: readonly (number | undefined)[];
}

/** The history of a ratio, from those of its parts. It is known only where both are: a missing hour is not zero. */
export function ratioHistory(
  over: Past,
  under: Past,
  unit: Unit,
): Past & { readonly denominators: readonly (number | undefined)[] } {
  const step = stepOf(unit);
  const first = Math.max(over.first, under.first);
  const last = Math.min(...[over, under].map((part) => part.first + (part.values.length - 1) * step));
  const pairs = bucketsBetween(first, last, unit).map((bucket) =>
    [over, under].map((part) => part.values[(bucket - part.first) / step]),
  );
  const known = pairs.map(([value, denominator]) =>
    value === undefined || denominator === undefined
      ? undefined
      : // Nothing to divide by: that is known, and is not evaluated.
        { value: value / Math.max(1, denominator), denominator: Math.max(0, denominator) },
  );
  return {
    first,
    values: known.map((one) => one?.value),
    denominators: known.map((one) => one?.denominator),
  };
}

/** The known points of a ratio from one bucket to another, both included. */
export function ratioPoints(over: Past, under: Past, unit: Unit, from: Bucket, to: Bucket): Point[] {
  const { first, values, denominators } = ratioHistory(over, under, unit);
  return bucketsBetween(from, to, unit).flatMap((bucket) => {
    const i = (bucket - first) / stepOf(unit);
    const [value, denominator] = [values[i], denominators[i]];
    return value === undefined || denominator === undefined ? [] : [{ bucket, value, denominator }];
  });
}

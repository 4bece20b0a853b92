import { type Bucket, bucketsBetween, DAY, stepOf, type Unit } from "../time/time.ts";
import type { Point } from "./series.ts";

/** How long a bucket that counts as missing is still evaluated if it arrives, in milliseconds. */
export const ALLOWED_LATENESS = 2 * DAY;

interface Past {
  readonly first: Bucket;
  readonly values: readonly (number | undefined)[];
}

/**
 * The history without its newest bucket, if that one timed out: a source that is hours late returns its current hour
 * only in part.
 */
export function withoutUnsure<History extends Past>(
  awaited: readonly Bucket[],
  history: History,
  unit: Unit,
): History {
  const newest = history.values.findLastIndex((count) => count !== undefined);
  if (!awaited.includes(history.first + newest * stepOf(unit))) return history;
  return { ...history, values: history.values.with(newest, undefined) };
}

/**
 * The points of an answer, plus those stored before that it omits: they were real.
 * @param isBehind whether the source lacks a due bucket: then its newest bucket is partial and must not lower a stored
 * count.
 */
export function withForgotten(
  received: readonly Point[],
  { first, values }: Past,
  from: Bucket,
  through: Bucket,
  unit: Unit,
  isBehind: boolean,
): Point[] {
  const before = (bucket: Bucket) => values[(bucket - first) / stepOf(unit)] ?? 0;
  const isReceived = new Set(received.map(({ bucket }) => bucket));
  const forgotten = bucketsBetween(from, through, unit).flatMap((bucket) => {
    const count = before(bucket);
    return count && !isReceived.has(bucket) ? [{ bucket, value: count }] : [];
  });
  const newest = received.at(-1);
  if (!isBehind || !newest) return [...received, ...forgotten];
  const whole = { ...newest, value: Math.max(newest.value, before(newest.bucket)) };
  return [...received.slice(0, -1), whole, ...forgotten];
}

/** The first timed-out bucket that has arrived since. */
export const firstArrived = (awaited: readonly Bucket[], history: Past, unit: Unit): Bucket | undefined =>
  awaited.find((bucket) => isThere(bucket, history, unit));

/**
 * The missing buckets that may still arrive, ascending; undefined for none.
 * @param awaited those before `from`; all from there up to `through` are checked.
 */
export function stillAwaited(
  awaited: readonly Bucket[],
  history: Past,
  from: Bucket,
  through: Bucket,
  unit: Unit,
): readonly Bucket[] | undefined {
  const candidates = [...awaited.filter((bucket) => bucket < from), ...bucketsBetween(from, through, unit)];
  const missing = candidates.filter(
    (bucket) => bucket > through - ALLOWED_LATENESS && !isThere(bucket, history, unit),
  );
  return missing.length > 0 ? missing : undefined;
}

const isThere = (bucket: Bucket, { first, values }: Past, unit: Unit): boolean =>
  values[(bucket - first) / stepOf(unit)] !== undefined;

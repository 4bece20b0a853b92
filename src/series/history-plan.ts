import { type Bucket, DAY, stepOf, type Unit } from "../time/time.ts";
import { historySpan } from "./due.ts";
import { ALLOWED_LATENESS } from "./late-data.ts";

/** The stored facts of a series that decide what to read. */
export interface KnownHistory {
  readonly history: { readonly first: Bucket; readonly values: readonly (number | undefined)[] };
  readonly collectedThrough: Bucket;
  /** Up to which bucket every missing one was asked for a second time. */
  readonly reaskedThrough?: Bucket;
}

/** Buckets from a first to a last, few enough for one request. */
export type Page = readonly [first: Bucket, final: Bucket];

/** The most buckets of one page: Braze's limit, less the margin around them. */
const PAGE_BUCKETS = 96;

/** From this age on, a bucket that Braze omitted is asked for a second time, in case that answer was wrong. */
const HOLE_AGE = 3 * DAY;

/** Whether it has any count: a history of missing buckets only is read anew. */
export const hasCounts = (stored: KnownHistory | undefined): stored is KnownHistory =>
  stored?.history.values.some((count) => count !== undefined) ?? false;

/** Whether a history is as long as it should be. */
export const reachesBack = ({ history, collectedThrough }: KnownHistory, unit: Unit): boolean =>
  history.first <= collectedThrough - historySpan(unit) + stepOf(unit);

/**
 * The pages that bring a history up to a bucket, oldest first, so that an interruption leaves no hole: the trailing
 * window again, late buckets of up to two days, and new ones.
 */
export function newerPages(
  stored: KnownHistory | undefined,
  last: Bucket,
  unit: Unit,
  trailing: number,
): Page[] {
  const step = stepOf(unit);
  const oldest = last - historySpan(unit) + step;
  if (!stored) return [[Math.max(oldest, last - (PAGE_BUCKETS - 1) * step), last]];
  const newest = stored.collectedThrough;
  const late =
    firstMissing(stored, newest - ALLOWED_LATENESS + step, newest, step) ?? Number.POSITIVE_INFINITY;
  const from = Math.max(
    oldest,
    Math.min(newest - (trailing === 0 ? 0 : Math.max(trailing, step)) + step, late, last),
  );
  return Array.from({ length: Math.ceil((last - from + step) / (PAGE_BUCKETS * step)) }, (_, page) => {
    const first = from + page * PAGE_BUCKETS * step;
    return [first, Math.min(last, first + (PAGE_BUCKETS - 1) * step)];
  });
}

/** The page before the oldest stored bucket, undefined once the history is long enough. */
export function olderPage(stored: KnownHistory | undefined, last: Bucket, unit: Unit): Page | undefined {
  const step = stepOf(unit);
  const oldest = last - historySpan(unit) + step;
  const final = Math.min(last, (stored?.history.first ?? last + step) - step);
  return final < oldest ? undefined : [Math.max(oldest, final - (PAGE_BUCKETS - 1) * step), final];
}

/** A page with the oldest missing bucket that timed out long ago and was asked for only once. */
export function holePage(stored: KnownHistory, last: Bucket, unit: Unit): Page | undefined {
  const step = stepOf(unit);
  const to = Math.min(stored.collectedThrough, last - HOLE_AGE);
  const from = Math.max(stored.history.first, (stored.reaskedThrough ?? Number.NEGATIVE_INFINITY) + step);
  const hole = firstMissing(stored, from, to, step);
  return hole === undefined ? undefined : [hole, Math.min(to, hole + (PAGE_BUCKETS - 1) * step)];
}

function firstMissing(
  { history: { first, values } }: KnownHistory,
  from: Bucket,
  to: Bucket,
  step: number,
): Bucket | undefined {
  for (let bucket = Math.max(from, first); bucket <= to; bucket += step)
    if (values[(bucket - first) / step] === undefined) return bucket;
  return undefined;
}

import { type Bucket, DAY, stepOf, type Unit } from "../time/time.ts";
import { historySpan } from "./due.ts";
import { ALLOWED_LATENESS } from "./late-data.ts";

/** What is stored of a series, as far as it decides what is read. */
export interface KnownHistory {
  readonly history: { readonly first: Bucket; readonly sessions: readonly (number | undefined)[] };
  readonly collectedThrough: Bucket;
  /** Up to which bucket everything that was missing was asked for once more. */
  readonly reaskedThrough?: Bucket;
}

/** Buckets from a first to a last, few enough for one request. */
export type Page = readonly [first: Bucket, final: Bucket];

/** The most buckets of one page: what Braze gives at once, less the margin that is asked for around them. */
const PAGE_BUCKETS = 96;

/** From this age on a bucket that Braze left out is asked for once more, in case that answer was at fault. */
const HOLE_AGE = 3 * DAY;

/** Whether anything was ever counted: a history of nothing but missing buckets is begun anew. */
export const hasCounts = (stored: KnownHistory | undefined): stored is KnownHistory =>
  stored?.history.sessions.some((count) => count !== undefined) ?? false;

/** Whether a history reaches back as far as one that ends there should. */
export const reachesBack = ({ history, collectedThrough }: KnownHistory, unit: Unit): boolean =>
  history.first <= collectedThrough - historySpan(unit) + stepOf(unit);

/**
 * The pages that bring a history up to a bucket, oldest first, so that one that is cut short leaves no hole behind: the
 * trailing window once more, what has not come for two days, and what is new.
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
  const from = Math.max(oldest, Math.min(newest - Math.max(trailing, step) + step, late, last));
  return Array.from({ length: Math.ceil((last - from + step) / (PAGE_BUCKETS * step)) }, (_, page) => {
    const first = from + page * PAGE_BUCKETS * step;
    return [first, Math.min(last, first + (PAGE_BUCKETS - 1) * step)];
  });
}

/** The page before the oldest bucket that is stored, undefined once the history reaches back far enough. */
export function olderPage(stored: KnownHistory | undefined, last: Bucket, unit: Unit): Page | undefined {
  const step = stepOf(unit);
  const oldest = last - historySpan(unit) + step;
  const final = Math.min(last, (stored?.history.first ?? last + step) - step);
  return final < oldest ? undefined : [Math.max(oldest, final - (PAGE_BUCKETS - 1) * step), final];
}

/** A page with the oldest bucket that is missing, long since given up on, and was asked for only once. */
export function holePage(stored: KnownHistory, last: Bucket, unit: Unit): Page | undefined {
  const step = stepOf(unit);
  const to = Math.min(stored.collectedThrough, last - HOLE_AGE);
  const from = Math.max(stored.history.first, (stored.reaskedThrough ?? Number.NEGATIVE_INFINITY) + step);
  const hole = firstMissing(stored, from, to, step);
  return hole === undefined ? undefined : [hole, Math.min(to, hole + (PAGE_BUCKETS - 1) * step)];
}

function firstMissing(
  { history: { first, sessions } }: KnownHistory,
  from: Bucket,
  to: Bucket,
  step: number,
): Bucket | undefined {
  for (let bucket = Math.max(from, first); bucket <= to; bucket += step)
    if (sessions[(bucket - first) / step] === undefined) return bucket;
  return undefined;
}

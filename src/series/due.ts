import type { NotEvaluatedReason } from "../detector/verdict.ts";
import { bucketAt } from "../time/calendar.ts";
import {
  type Bucket,
  bucketsBetween,
  HOUR,
  type Instant,
  MINUTE,
  stepOf,
  type Unit,
  WEEK,
} from "../time/time.ts";
import { fingerprint } from "./fingerprint.ts";

/** Buckets in a row that could not be evaluated. */
export interface NotEvaluatedRun {
  readonly since: Bucket;
  readonly through: Bucket;
  /** Why the last of them could not. */
  readonly because: NotEvaluatedReason;
}

/** Where a series stands: plain data, so that downtime and changed delays need no bookkeeping of their own. */
export interface Progress {
  /** The last bucket that was evaluated; undefined until the first backfill is done. */
  readonly evaluatedThrough?: Bucket;
  /** The last bucket that was collected: what lies between waits to be evaluated. */
  readonly collectedThrough?: Bucket;
  /** Not to be fetched before this instant: Braze had no answer for a bucket that should be there. */
  readonly notBefore?: Instant;
  /** Buckets that were given up on and may yet come, ascending. */
  readonly awaited?: readonly Bucket[];
  /** Not to be fetched before this instant: the workspace's requests ran short, and others came first. */
  readonly heldUntil?: Instant;
  /** The last run of buckets that could not be evaluated; it lasts while it reaches up to `judgedThrough`. */
  readonly notEvaluated?: NotEvaluatedRun;
}

/** When buckets are read. */
export interface Timing {
  /** How long a bucket is left to settle before it is evaluated, in milliseconds. */
  readonly evaluationDelay: number;
  /** Over how many milliseconds the fetches of one hour are spread. */
  readonly spread: number;
  /** How much of the past is read again each time, in milliseconds. */
  readonly trailing: number;
  /** How long a bucket that Braze leaves out is waited for before it counts as missing, in milliseconds. */
  readonly missingDataTimeout: number;
}

export const defaultTiming: Timing = {
  evaluationDelay: 15 * MINUTE,
  spread: 3 * MINUTE,
  trailing: 6 * HOUR,
  missingDataTimeout: 2 * HOUR,
};

/** How much history the first watch on a series reads. */
export const historySpan = (unit: Unit): number => (unit === "hour" ? 8 * WEEK : 56 * WEEK);

/** The last bucket that has ended, a day by the clock of its zone, and has settled for `settle` milliseconds. */
export const lastSettled = (now: Instant, settle: number, unit: Unit, zone: string): Bucket =>
  bucketAt(now - settle, unit, zone) - stepOf(unit);

/** Whether something was collected that is not evaluated yet. */
export const awaitsEvaluation = ({ collectedThrough, evaluatedThrough }: Progress): boolean =>
  collectedThrough !== undefined && (evaluatedThrough === undefined || collectedThrough > evaluatedThrough);

/**
 * The buckets to evaluate that are to be collected first, oldest first; none while the series is up to date, collected, or
 * told to wait.
 */
export function dueBuckets(
  progress: Progress | undefined,
  now: Instant,
  { unit, zone }: { readonly unit: Unit; readonly zone: string },
  { evaluationDelay }: Timing,
  offset: number,
): Bucket[] {
  if (now < Math.max(progress?.notBefore ?? 0, progress?.heldUntil ?? 0)) return [];
  const last = lastSettled(now, evaluationDelay + offset, unit, zone);
  if (progress?.collectedThrough !== undefined && progress.collectedThrough >= last) return [];
  const evaluated = progress?.evaluatedThrough;
  // A series that was never evaluated begins with the newest bucket; its history is read, not evaluated.
  return evaluated === undefined ? [last] : bucketsBetween(evaluated + stepOf(unit), last, unit);
}

/** A series' own place in the spread: the same after every restart, evenly scattered. */
export const spreadOffset = (seriesId: string, spread: number): number =>
  spread === 0 ? 0 : fingerprint(seriesId) % spread;

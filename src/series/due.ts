import type { NotEvaluatedReason } from "../detector/verdict/verdict.ts";
import { type Measured, metricOf } from "../metrics/metrics.ts";
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

/** A run of buckets that could not be evaluated. */
export interface NotEvaluatedRun {
  readonly since: Bucket;
  readonly through: Bucket;
  /** Why the last of them could not be evaluated. */
  readonly because: NotEvaluatedReason;
}

/** The progress of a series: plain data, so that downtime and changed delays need no further records. */
export interface Progress {
  /** The last bucket that was evaluated; undefined until the first backfill is done. */
  readonly evaluatedThrough?: Bucket;
  /** The last bucket that was collected; the buckets in between wait for evaluation. */
  readonly collectedThrough?: Bucket;
  /** No fetch before this instant: Braze lacked a bucket that should be there. */
  readonly notBefore?: Instant;
  /** Late buckets that timed out and may still come, ascending. */
  readonly awaited?: readonly Bucket[];
  /** No fetch before this instant: the quota ran short, and other series came first. */
  readonly heldUntil?: Instant;
  /** The last run of buckets that could not be evaluated; it lasts while it reaches up to `evaluatedThrough`. */
  readonly notEvaluated?: NotEvaluatedRun;
}

/** When buckets are read. */
export interface Timing {
  /** How long after its end a bucket is evaluated, in milliseconds. */
  readonly evaluationDelay: number;
  /** Over how many milliseconds the fetches of one hour are spread. */
  readonly spread: number;
  /** How far back each fetch reads again, in milliseconds. */
  readonly trailing: number;
  /** How long to wait for a bucket that Braze omits before it counts as missing, in milliseconds. */
  readonly missingDataTimeout: number;
}

export const defaultTiming: Timing = {
  evaluationDelay: 15 * MINUTE,
  spread: 3 * MINUTE,
  trailing: 6 * HOUR,
  missingDataTimeout: 2 * HOUR,
};

/**
 * When buckets of one series are read. A snapshot is read once, as soon as Braze has taken it: Braze never changes it,
 * but it may change the other part of a ratio.
 */
export function timingOf(series: Measured, timing: Timing): Timing {
  const { snapshotAt } = metricOf(series);
  if (snapshotAt === undefined) return timing;
  return { ...timing, evaluationDelay: snapshotAt, ...(series.per ? {} : { trailing: 0 }) };
}

/** How much history the first watch on a series reads. */
export const historySpan = (unit: Unit): number => (unit === "hour" ? 8 * WEEK : 56 * WEEK);

/** The watermark: the last bucket that ended at least `delay` milliseconds ago, a day by the clock of its zone. */
export const watermark = (now: Instant, delay: number, unit: Unit, zone: string): Bucket =>
  bucketAt(now - delay, unit, zone) - stepOf(unit);

/** Whether collected buckets are not evaluated yet. */
export const awaitsEvaluation = ({ collectedThrough, evaluatedThrough }: Progress): boolean =>
  collectedThrough !== undefined && (evaluatedThrough === undefined || collectedThrough > evaluatedThrough);

/** The due buckets to collect, oldest first; none while the series is up to date, collected, or held. */
export function dueBuckets(
  progress: Progress | undefined,
  now: Instant,
  { unit, zone }: { readonly unit: Unit; readonly zone: string },
  { evaluationDelay }: Timing,
  offset: number,
): Bucket[] {
  if (now < Math.max(progress?.notBefore ?? 0, progress?.heldUntil ?? 0)) return [];
  const last = watermark(now, evaluationDelay + offset, unit, zone);
  if (progress?.collectedThrough !== undefined && progress.collectedThrough >= last) return [];
  const evaluated = progress?.evaluatedThrough;
  // A new series starts with the newest bucket; its history is read, not evaluated.
  return evaluated === undefined ? [last] : bucketsBetween(evaluated + stepOf(unit), last, unit);
}

/** A series' own delay within the spread: evenly scattered, and the same after every restart. */
export const spreadOffset = (seriesId: string, spread: number): number =>
  spread === 0 ? 0 : fingerprint(seriesId) % spread;

import { type Progress, type Timing, watermark } from "../series/due.ts";
import { firstLook, type IngestionDelay } from "../series/ingestion-delay.ts";
import { endOf } from "../time/calendar.ts";
import { type Bucket, type Instant, MINUTE, stepOf, type Unit } from "../time/time.ts";

/** The progress and settings of one watched series. */
export interface SeriesFacts {
  readonly id: string;
  readonly workspace: string;
  readonly unit: Unit;
  readonly zone: string;
  readonly timing: Timing;
  /** The first watch on it. */
  readonly watchId: string;
  /** Its title. */
  readonly title: string;
  /** When it was first watched. */
  readonly watchedSince: Instant;
  readonly progress?: Progress;
  readonly ingestionDelay?: IngestionDelay;
}

/** A late series is asked for again and again; if the last request is older than this, something else holds it up. */
const STILL_ASKED = 15 * MINUTE;

/** The oldest bucket that is due and not evaluated. */
export function waiting({ progress, unit, zone, id, timing }: SeriesFacts, now: Instant): Bucket | undefined {
  const next = (progress?.evaluatedThrough ?? 0) + stepOf(unit);
  return next <= watermark(now, firstLook(id, timing), unit, zone) ? next : undefined;
}

/** Whether Braze was asked for a bucket after its end, and still is: then Braze does not have it. */
export const isAskedFor = ({ progress, unit, zone }: SeriesFacts, bucket: Bucket, now: Instant): boolean =>
  progress?.notBefore !== undefined &&
  bucket > (progress.collectedThrough ?? 0) &&
  progress.notBefore > endOf(bucket, unit, zone) &&
  now < progress.notBefore + STILL_ASKED;

/** How long a held series may take to be read once it may be. */
const CATCHING_UP = 30 * MINUTE;

/** Whether the series is throttled, or was until a moment ago, to leave quota to production sends. */
export const isHeld = ({ progress }: SeriesFacts, now: Instant): boolean =>
  progress?.heldUntil !== undefined && now < progress.heldUntil + CATCHING_UP;

/** Whether every due bucket of a series is evaluated. */
export const isUpToDate = (series: SeriesFacts, now: Instant): boolean => waiting(series, now) === undefined;

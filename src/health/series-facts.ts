import { lastSettled, type Progress, type Timing } from "../series/due.ts";
import { firstLook, type IngestionDelay } from "../series/ingestion-delay.ts";
import { endOf } from "../time/calendar.ts";
import { type Bucket, type Instant, MINUTE, stepOf, type Unit } from "../time/time.ts";

/** How things stand with one series that is watched. */
export interface SeriesFacts {
  readonly id: string;
  readonly workspace: string;
  readonly unit: Unit;
  readonly zone: string;
  readonly timing: Timing;
  /** The first watch that looks at it. */
  readonly watchId: string;
  /** What people call it. */
  readonly title: string;
  /** When it was first watched. */
  readonly watchedSince: Instant;
  readonly progress?: Progress;
  readonly ingestionDelay?: IngestionDelay;
}

/** A series is asked again and again while it is late; longer ago than this, something else holds it up. */
const STILL_ASKED = 15 * MINUTE;

/** The oldest bucket that is due and not evaluated. */
export function waiting({ progress, unit, zone, id, timing }: SeriesFacts, now: Instant): Bucket | undefined {
  const next = (progress?.evaluatedThrough ?? 0) + stepOf(unit);
  return next <= lastSettled(now, firstLook(id, timing), unit, zone) ? next : undefined;
}

/** Whether Braze was asked for a bucket after its end, and is asked still: then it is Braze that does not have it. */
export const isAskedFor = ({ progress, unit, zone }: SeriesFacts, bucket: Bucket, now: Instant): boolean =>
  progress?.notBefore !== undefined &&
  bucket > (progress.collectedThrough ?? 0) &&
  progress.notBefore > endOf(bucket, unit, zone) &&
  now < progress.notBefore + STILL_ASKED;

/** How long what was held may take to be read once it may be. */
const CATCHING_UP = 30 * MINUTE;

/** Whether it is, or was until a moment ago, not read on purpose, so that production sends do not starve. */
export const isHeld = ({ progress }: SeriesFacts, now: Instant): boolean =>
  progress?.heldUntil !== undefined && now < progress.heldUntil + CATCHING_UP;

/** Whether all that is due of a series is evaluated. */
export const isUpToDate = (series: SeriesFacts, now: Instant): boolean => waiting(series, now) === undefined;

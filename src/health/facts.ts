import { type Progress, type Timing, watermark } from "../series/due.ts";
import { firstLook, type IngestionDelay } from "../series/ingestion-delay.ts";
import { endOf } from "../time/calendar.ts";
import { type Bucket, type Instant, MINUTE, stepOf, type Unit } from "../time/time.ts";

/** A recorded failure: what the other side answered, and what to do. */
export interface KnownFailure {
  readonly failure: string;
  /** Who did what, redacted. */
  readonly message: string;
  /** What a person can do about it. */
  readonly advice: string;
  readonly since: Instant;
  /** When and where it was last recorded; set for a message that Slack refused. */
  readonly refused?: { readonly at: Instant; readonly place: string };
}

/** How much memory Redis uses and may use; 0 for no limit. */
export interface MemoryUse {
  readonly used: number;
  readonly limit: number;
}

/** What is wrong with Redis, as a clause, and what to do. */
export interface RedisProblem {
  readonly what: string;
  readonly advice: string;
  readonly since: Instant;
}

/** A scheduled job that did not run in time. */
export interface Stalled {
  readonly job: "tick" | "health";
  readonly since: Instant;
  /** How often it was started again; left out where nobody tried. */
  readonly restored?: number;
}

/** Everything that the health checks read. */
export interface Facts {
  readonly now: Instant;
  readonly series: readonly SeriesFacts[];
  /** By workspace, series, channel or message. */
  readonly failures: ReadonlyMap<string, KnownFailure>;
  /** Each channel and the watches that post in it. */
  readonly channels: ReadonlyMap<string, readonly string[]>;
  readonly memory: MemoryUse;
  /** The ids of the open health issues: some checks pass later than they begin to fail. */
  readonly openIssues: ReadonlySet<string>;
  /** Why Redis accepts no writes; left out where it accepts them or nobody tried. */
  readonly refusal?: RedisProblem;
  /** What in Redis cannot be read; left out where all of it can or nobody looked. */
  readonly damage?: RedisProblem;
  /** Since when Slack has taken no message; left out while it does. */
  readonly slackDown?: { readonly since: Instant };
  /** Left out where nobody looked. */
  readonly stalled?: readonly Stalled[];
}

/** The progress and settings of one watched series. */
export interface SeriesFacts {
  readonly id: string;
  readonly workspace: string;
  readonly unit: Unit;
  readonly zone: string;
  readonly timing: Timing;
  /** The watches on it: their titles and channels. */
  readonly watches: readonly { readonly title: string; readonly channel: string }[];
  /** The first watch on it. */
  readonly watchId: string;
  /** Its title. */
  readonly title: string;
  /** When it was first watched. */
  readonly watchedSince: Instant;
  readonly progress?: Progress | undefined;
  readonly ingestionDelay?: IngestionDelay | undefined;
}

/** The oldest bucket that is due and not evaluated. */
export function waiting({ progress, unit, zone, id, timing }: SeriesFacts, now: Instant): Bucket | undefined {
  const next = (progress?.evaluatedThrough ?? 0) + stepOf(unit);
  return next <= watermark(now, firstLook(id, timing), unit, zone) ? next : undefined;
}

/** A late series is asked for again and again; if the last request is older than this, something else holds it up. */
const STILL_ASKED = 15 * MINUTE;

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

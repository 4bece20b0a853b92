import { seasonalityOf } from "../detector/seasonality.ts";
import {
  type Direction,
  isAsExpected,
  type Score,
  type Severity,
  type Verdict,
} from "../detector/verdict.ts";
import type { SuppressedNotification } from "../notifications/suppression.ts";
import { TIDEWATCH } from "../settings/change.ts";
import type { Watch } from "../settings/watch.ts";
import { type Bucket, bucketName, HOUR, type Instant, stepOf } from "../time/time.ts";
import type { Labelling } from "./label.ts";

/** What people were last notified of about an incident, and where. */
export interface LastNotified {
  readonly severity: Severity;
  readonly resolved: boolean;
  /** The last bucket whose numbers the message shows. */
  readonly bucket: Bucket;
  readonly at: Instant;
  /** When people were last notified; an edit notifies nobody. Left out: at `at`. */
  readonly notifiedAt?: Instant;
  /** When the last notification other than a reminder was posted. Left out: at `notifiedAt`. */
  readonly newsAt?: Instant;
  /** Whose acknowledgement the message shows. */
  readonly acknowledgedBy?: string;
  /** Sessions lost or gained as the message shows them. Left out in records that older versions wrote. */
  readonly balance?: number;
  /** Set when people were notified of the retraction. */
  readonly retracted?: true;
  /** The label that was posted in the thread. */
  readonly labelled?: Labelling;
  readonly channel: string;
  /** Slack's name for the message. */
  readonly ts: string;
}

/** A person has seen the incident and takes care of it. */
export interface Acknowledgement {
  readonly by: string;
  readonly at: Instant;
}

/** A new level counts as normal: who decided that, and when; `Tidewatch` if it did so by itself. */
export interface Acceptance {
  readonly by: string;
  readonly at: Instant;
  /** The last bucket that was compared with the old level. */
  readonly bucket: Bucket;
}

/** The watch of an incident was removed or moved to another channel; with the watch as it was then. */
export interface Unwatched {
  readonly at: Instant;
  /** Who removed or moved the watch, if known. */
  readonly by?: string;
  /** The channel in which the incident continues. */
  readonly movedTo?: string;
  /** That the watch is still there, but its workspace is not configured: the incident reopens once it is. */
  readonly isUnconfigured?: true;
  readonly watch: Watch;
}

/** A run of anomalous buckets of one watch in one direction. */
export interface Incident {
  /** Made from its subject: `ios-us.drop@2026-06-16T12`. */
  readonly id: string;
  readonly watchId: string;
  readonly direction: Direction;
  readonly openedAt: Bucket;
  readonly lastAnomalousBucket: Bucket;
  /** The last bucket that was added, so that a bucket evaluated twice counts once. */
  readonly lastBucket: Bucket;
  readonly severity: Severity;
  /** The score of the last bucket. */
  readonly latest: Score;
  /** The score of the most unusual bucket so far. */
  readonly worst: Score;
  /** Sessions lost (negative) or gained since it opened: the sum of observed − expected. */
  readonly balance: number;
  /** Sessions that were expected since it opened. */
  readonly expected: number;
  readonly resolvedAt?: Bucket;
  /** Set when its hours, read again, are as expected: the newest bucket evaluated at that time. */
  readonly retracted?: Bucket;
  /** The bucket at which it was reopened. */
  readonly reopenedAt?: Bucket;
  /** The alert group it belongs to. */
  readonly alertGroupId?: string;
  readonly lastNotified?: LastNotified;
  /** The last suppressed notification. */
  readonly suppressed?: SuppressedNotification;
  readonly acknowledged?: Acknowledgement;
  /** The feedback on it. */
  readonly labelled?: Labelling;
  /** Set when it ended because its level became normal (see `isSettled`). */
  readonly accepted?: Acceptance;
  /** Set when it was closed because its watch was removed. */
  readonly unwatched?: Unwatched;
  /** Raised by each write; the store refuses a write based on an older version. */
  readonly version: number;
}

/**
 * The watch an incident belongs to, read from the incident's name.
 * @example watchIdOf("ios-us.drop@2026-06-16T12"); // => "ios-us"
 */
export const watchIdOf = (incidentId: string): string =>
  incidentId.slice(0, Math.max(0, incidentId.lastIndexOf(".")));

/** After how many calm buckets in a row an incident resolves. */
export const CALM_BUCKETS = 2;

/**
 * The reopen window: within how many buckets of its end an incident is reopened, in the same thread. With 12, an
 * incident of the exam takes 1.07 messages instead of 1.21; but an app's outage at night then continues in the thread
 * of that morning's outage of all apps.
 */
export const RELAPSE_BUCKETS = 6;

/** Whether people were notified of other numbers, or of more, than its hours now show. */
export const isRevised = ({ lastNotified, balance, retracted }: Incident): boolean =>
  lastNotified !== undefined &&
  ((lastNotified.balance !== undefined && lastNotified.balance !== Math.round(balance)) ||
    (lastNotified.retracted ?? false) !== (retracted !== undefined));

/** Whether people are never notified of it: it was retracted, or resolved while muted. */
export const isNeverNotified = (incident: Incident): boolean =>
  (incident.retracted !== undefined && !incident.lastNotified) || endedMuted(incident);

/**
 * Whether it resolved before its mute ended, or its watch was removed, before anybody was notified: nobody wants to
 * hear of it later. An incident that outlasts a mute is notified of, even if it resolves before that is possible.
 */
const endedMuted = ({ resolvedAt, lastNotified, suppressed, unwatched }: Incident): boolean =>
  resolvedAt !== undefined &&
  !lastNotified &&
  (unwatched !== undefined ||
    (suppressed?.because === "muted" && resolvedAt < (suppressed.until ?? Number.POSITIVE_INFINITY)));

/** The incident after its watch was removed. */
export const unwatch = (incident: Incident, unwatched: Unwatched): Incident => ({
  ...incident,
  resolvedAt: incident.lastBucket,
  unwatched,
});

/** The incident as if its message showed nothing yet, so that the message is edited; an edit notifies nobody. */
export const redraw = (incident: Incident): Incident =>
  incident.lastNotified
    ? {
        ...incident,
        lastNotified: { ...incident.lastNotified, resolved: false, bucket: incident.openedAt - 1 },
      }
    : incident;

/** The incident after its watch was restored: open again. */
export function rewatch(incident: Incident): Incident {
  if (!incident.unwatched) return incident;
  const { unwatched: _, resolvedAt: __, ...open } = incident;
  return redraw(open);
}

/** Whether it ended at a new level that counts as normal, without a return to the old one. */
export const isSettled = ({ accepted, resolvedAt }: Incident): boolean =>
  accepted !== undefined && accepted.bucket === resolvedAt;

/** Whether it may still change or need a notification. */
export const isLive = (incident: Incident): boolean =>
  incident.resolvedAt === undefined ||
  incident.unwatched?.isUnconfigured === true ||
  isRevised(incident) ||
  !(incident.lastNotified?.resolved || isNeverNotified(incident));

/** Whether its latest bucket was calm and as expected: about to resolve. */
export const isEasing = ({ lastBucket, lastAnomalousBucket, latest }: Incident): boolean =>
  lastBucket > lastAnomalousBucket && isAsExpected(latest);

/** The incident after one more verdict, or undefined if there is none. */
export function follow(
  before: Incident | undefined,
  verdict: Verdict,
  direction: Direction,
  watch: Pick<Watch, "id" | "series">,
): Incident | undefined {
  if (before && verdict.bucket <= before.lastBucket) return before;
  const open = before?.resolvedAt === undefined ? before : undefined;
  if (verdict.kind === "not-evaluated") return before;
  if (open && isNewLevelOf(verdict, direction)) return accept(open, verdict, watch);
  if (verdict.kind === "anomalous" && verdict.direction === direction) {
    if (open) return isBack(open, verdict.score) ? settle(open, verdict, watch) : extend(open, verdict);
    if (before && (isEcho(before, verdict, watch) || isRest(before, verdict, watch))) return before;
    const isAgain = before && !isSettled(before) && isRelapse(before, verdict.bucket, watch);
    return isAgain ? reopen(before, verdict) : begin(verdict, watch);
  }
  return open ? settle(open, verdict, watch) : before;
}

type Evaluated = Exclude<Verdict, { kind: "not-evaluated" }>;
type Anomalous = Extract<Verdict, { kind: "anomalous" }>;

/** Whether a level in the direction of an incident has lasted so long that the detector now expects it. */
const isNewLevelOf = ({ isNewLevel, score }: Evaluated, direction: Direction): boolean =>
  isNewLevel === true && (direction === "drop") === score.observed < score.expected;

/**
 * Whether a bucket has recovered, though a longer window still contains the anomaly: inside the expected range that
 * people see, and with less than half of the incident's overall relative loss.
 */
const isBack = (incident: Incident, score: Score): boolean =>
  isAsExpected(score) && missesLessThanHalfOf(incident, score);

function missesLessThanHalfOf({ balance, expected }: Incident, score: Score): boolean {
  const missed = (score.observed - score.expected) / Math.max(1, score.expected);
  const typical = balance / Math.max(1, expected);
  return missed * Math.sign(typical) < Math.abs(typical) / 2;
}

/**
 * Whether an anomaly is only the rest of a level change that counts as normal: the new level is measured over a day
 * (for days, a week), and until then does not fit every hour.
 */
const isRest = (over: Incident, { bucket, score }: Anomalous, { series }: Pick<Watch, "series">): boolean =>
  isSettled(over) &&
  bucket - over.resolvedAt! <= seasonalityOf(series.unit).levelWindow * stepOf(series.unit) &&
  missesLessThanHalfOf(over, score);

/** Whether an anomaly is only a resolved incident, seen again through a window that includes its hours. */
const isEcho = (over: Incident, { bucket, score }: Anomalous, { series }: Pick<Watch, "series">): boolean =>
  isAsExpected(score) && bucket - score.window * stepOf(series.unit) < over.lastAnomalousBucket;

const begin = (
  { bucket, direction, severity, score }: Anomalous,
  { id, series }: Pick<Watch, "id" | "series">,
): Incident => ({
  id: `${id}.${direction}@${bucketName(bucket, series.unit)}`,
  watchId: id,
  direction,
  openedAt: bucket,
  lastAnomalousBucket: bucket,
  lastBucket: bucket,
  severity,
  latest: score,
  worst: score,
  balance: score.observed - score.expected,
  expected: score.expected,
  version: 0,
});

const takeIn = (incident: Incident, { bucket, score }: Evaluated): Incident => ({
  ...incident,
  lastBucket: bucket,
  latest: score,
  worst: Math.abs(score.anomalyScore) > Math.abs(incident.worst.anomalyScore) ? score : incident.worst,
  balance: incident.balance + score.observed - score.expected,
  expected: incident.expected + score.expected,
});

// An incident keeps its worst severity: people were paged for it.
const extend = (incident: Incident, verdict: Anomalous): Incident => ({
  ...takeIn(incident, verdict),
  lastAnomalousBucket: verdict.bucket,
  severity: incident.severity === "critical" ? "critical" : verdict.severity,
});

const isRelapse = ({ resolvedAt }: Incident, bucket: Bucket, { series }: Pick<Watch, "series">): boolean =>
  resolvedAt !== undefined && bucket - resolvedAt <= RELAPSE_BUCKETS * stepOf(series.unit);

// An acknowledgement ends with the incident.
function reopen(
  { resolvedAt: _, acknowledged: __, unwatched: ___, ...incident }: Incident,
  verdict: Anomalous,
): Incident {
  return { ...extend(incident, verdict), reopenedAt: verdict.bucket };
}

function settle(incident: Incident, verdict: Evaluated, { series }: Pick<Watch, "series">): Incident {
  const calm = verdict.bucket - incident.lastAnomalousBucket >= CALM_BUCKETS * stepOf(series.unit);
  if (!calm || !isAsExpected(verdict.score)) return takeIn(incident, verdict);
  return { ...incident, lastBucket: verdict.bucket, latest: verdict.score, resolvedAt: verdict.bucket };
}

// All its hours were off, though the last bucket alone may be within the expected range.
const accept = (incident: Incident, verdict: Evaluated, { series }: Pick<Watch, "series">): Incident => ({
  ...takeIn(incident, verdict),
  lastAnomalousBucket: verdict.bucket,
  resolvedAt: verdict.bucket,
  accepted: { by: TIDEWATCH, at: verdict.bucket + stepOf(series.unit), bucket: verdict.bucket },
});

/** Its duration so far in hours, from the first to the last anomalous bucket. */
export const hoursOf = ({ openedAt, lastAnomalousBucket }: Incident, step = HOUR): number =>
  (lastAnomalousBucket - openedAt + step) / HOUR;

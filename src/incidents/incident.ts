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

/** What people were last told about an incident, and where. */
export interface LastNotified {
  readonly severity: Severity;
  readonly resolved: boolean;
  /** The last bucket whose numbers the message shows. */
  readonly bucket: Bucket;
  readonly at: Instant;
  /** When it was last said aloud; an edit notifies nobody. Left out: at `at`. */
  readonly notifiedAt?: Instant;
  /** When something other than a reminder was last said aloud. Left out: at `saidAt`. */
  readonly newsAt?: Instant;
  /** Whose acknowledgement the message shows. */
  readonly acknowledgedBy?: string;
  /** Sessions lost or gained as the message shows them. Left out: what was told before hours could be revised. */
  readonly balance?: number;
  /** That people were told that it was retracted. */
  readonly retracted?: true;
  /** The label of which the thread was told. */
  readonly labelled?: Labelling;
  readonly channel: string;
  /** Slack's name for the message. */
  readonly ts: string;
}

/** That somebody has seen it and takes care of it. */
export interface Acknowledgement {
  readonly by: string;
  readonly at: Instant;
}

/** That a new level is taken for normal: who said so, and when; `Tidewatch` where it did so by itself. */
export interface Acceptance {
  readonly by: string;
  readonly at: Instant;
  /** The last bucket that was compared with the old level. */
  readonly bucket: Bucket;
}

/** That nobody watches any more what an incident is of, or that it is told elsewhere; and the watch as it was then. */
export interface Unwatched {
  readonly at: Instant;
  /** Who removed or moved the watch, where that is known. */
  readonly by?: string;
  /** The channel in which it goes on. */
  readonly movedTo?: string;
  readonly watch: Watch;
}

/** A run of anomalous buckets of one watch in one direction: begun, extended, resolved. */
export interface Incident {
  /** Made from what it names: `ios-us.drop@2026-06-16T12`. */
  readonly id: string;
  readonly watchId: string;
  readonly direction: Direction;
  readonly openedAt: Bucket;
  readonly lastAnomalousBucket: Bucket;
  /** The last bucket that was taken in, so that one evaluated twice counts once. */
  readonly lastBucket: Bucket;
  readonly severity: Severity;
  /** How the last bucket looked. */
  readonly latest: Score;
  /** The most striking bucket so far. */
  readonly worst: Score;
  /** Sessions lost (negative) or gained since it opened: the sum of observed − expected. */
  readonly balance: number;
  /** Sessions that were expected since it opened. */
  readonly expected: number;
  readonly resolvedAt?: Bucket;
  /** That its hours, read again, are as expected: the newest bucket that was evaluated when that came out. */
  readonly retracted?: Bucket;
  /** The first bucket of a reopened incident, since which it is open again. */
  readonly reopenedAt?: Bucket;
  /** The cause it was gathered into. */
  readonly alertGroupId?: string;
  readonly lastNotified?: LastNotified;
  /** The last time something about it was kept from people. */
  readonly suppressed?: SuppressedNotification;
  readonly acknowledged?: Acknowledgement;
  /** What somebody said it was. */
  readonly labelled?: Labelling;
  /** That it did not go back: its level is taken for normal (see `isSettled`). */
  readonly accepted?: Acceptance;
  /** That its watch was removed while it went on, which closed it. */
  readonly unwatched?: Unwatched;
  /** Raised by each write; the store refuses a write onto a version that has passed. */
  readonly version: number;
}

/**
 * The watch an incident belongs to, read from the incident's name.
 * @example watchIdOf("ios-us.drop@2026-06-16T12"); // => "ios-us"
 */
export const watchIdOf = (incidentId: string): string =>
  incidentId.slice(0, Math.max(0, incidentId.lastIndexOf(".")));

/** How many buckets in a row must be calm before an incident is over. */
export const CALM_BUCKETS = 2;

/**
 * Within how many buckets of its end the same trouble is the same incident again, in the same thread. With 12, an
 * incident of the exam is 1.07 messages instead of 1.21; but an outage of one app at night is then said in the thread of
 * what was wrong with all of them in the morning.
 */
export const RELAPSE_BUCKETS = 6;

/** Whether people were told other numbers, or of more, than its hours show by now. */
export const isRevised = ({ lastNotified, balance, retracted }: Incident): boolean =>
  lastNotified !== undefined &&
  ((lastNotified.balance !== undefined && lastNotified.balance !== Math.round(balance)) ||
    (lastNotified.retracted ?? false) !== (retracted !== undefined));

/** Whether nobody ever hears of it: it was retracted before, or over before a mute was. */
export const isNeverNotified = (incident: Incident): boolean =>
  (incident.retracted !== undefined && !incident.lastNotified) || endedMuted(incident);

/**
 * Whether it was over before the mute was, or its watch removed, and nobody was told of it: nobody asked to hear of that
 * afterwards. What outlasts a mute is news, also where it is over by the time that anyone can be told.
 */
const endedMuted = ({ resolvedAt, lastNotified, suppressed, unwatched }: Incident): boolean =>
  resolvedAt !== undefined &&
  !lastNotified &&
  (unwatched !== undefined ||
    (suppressed?.because === "muted" && resolvedAt < (suppressed.until ?? Number.POSITIVE_INFINITY)));

/** The incident as it stands once nobody watches what it is of. */
export const unwatch = (incident: Incident, unwatched: Unwatched): Incident => ({
  ...incident,
  resolvedAt: incident.lastBucket,
  unwatched,
});

/** The incident whose message is to be drawn anew, as if it had shown nothing yet: an edit, which notifies nobody. */
export const redraw = (incident: Incident): Incident =>
  incident.lastNotified
    ? {
        ...incident,
        lastNotified: { ...incident.lastNotified, resolved: false, bucket: incident.openedAt - 1 },
      }
    : incident;

/** The incident as it stands once its watch is back: open again. */
export function rewatch(incident: Incident): Incident {
  if (!incident.unwatched) return incident;
  const { unwatched: _, resolvedAt: __, ...open } = incident;
  return redraw(open);
}

/** Whether it ended at a new level that is taken for normal, and did not go back to the old one. */
export const isSettled = ({ accepted, resolvedAt }: Incident): boolean =>
  accepted !== undefined && accepted.bucket === resolvedAt;

/** Whether there is still something to do or say about it. */
export const isLive = (incident: Incident): boolean =>
  incident.resolvedAt === undefined ||
  isRevised(incident) ||
  !(incident.lastNotified?.resolved || isNeverNotified(incident));

/** Whether its latest bucket was calm, and as expected: on its way to be over. */
export const isEasing = ({ lastBucket, lastAnomalousBucket, latest }: Incident): boolean =>
  lastBucket > lastAnomalousBucket && isAsExpected(latest);

/** The incident as it stands after one more verdict, or undefined while all is well. */
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
 * Whether a bucket is back where it should be, though a longer look-back window still holds the trouble: inside the
 * range that people are shown, and missing less than half of what the incident's buckets missed on the whole.
 */
const isBack = (incident: Incident, score: Score): boolean =>
  isAsExpected(score) && missesLessThanHalfOf(incident, score);

function missesLessThanHalfOf({ balance, expected }: Incident, score: Score): boolean {
  const missed = (score.observed - score.expected) / Math.max(1, score.expected);
  const typical = balance / Math.max(1, expected);
  return missed * Math.sign(typical) < Math.abs(typical) / 2;
}

/**
 * Whether an anomaly is only a rest of a change of level that is taken for normal: such a level is measured over a day
 * (of days, a week), and for that long does not fit every hour.
 */
const isRest = (over: Incident, { bucket, score }: Anomalous, { series }: Pick<Watch, "series">): boolean =>
  isSettled(over) &&
  bucket - over.resolvedAt! <= seasonalityOf(series.unit).levelWindow * stepOf(series.unit) &&
  missesLessThanHalfOf(over, score);

/** Whether an anomaly is only an incident that is over, seen once more through a window that reaches back into it. */
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

// An incident keeps the worst severity it has had: people were paged for that one.
const extend = (incident: Incident, verdict: Anomalous): Incident => ({
  ...takeIn(incident, verdict),
  lastAnomalousBucket: verdict.bucket,
  severity: incident.severity === "critical" ? "critical" : verdict.severity,
});

const isRelapse = ({ resolvedAt }: Incident, bucket: Bucket, { series }: Pick<Watch, "series">): boolean =>
  resolvedAt !== undefined && bucket - resolvedAt <= RELAPSE_BUCKETS * stepOf(series.unit);

// Whoever took care of it did so until it was over.
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

// Its whole run was off, though the last bucket alone may have been within the band.
const accept = (incident: Incident, verdict: Evaluated, { series }: Pick<Watch, "series">): Incident => ({
  ...takeIn(incident, verdict),
  lastAnomalousBucket: verdict.bucket,
  resolvedAt: verdict.bucket,
  accepted: { by: TIDEWATCH, at: verdict.bucket + stepOf(series.unit), bucket: verdict.bucket },
});

/** How long it lasted or has lasted, in hours, from the first to the last anomalous bucket. */
export const hoursOf = ({ openedAt, lastAnomalousBucket }: Incident, step = HOUR): number =>
  (lastAnomalousBucket - openedAt + step) / HOUR;

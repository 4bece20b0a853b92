import type { Direction, Score, Severity } from "../detector/verdict/verdict.ts";
import type { SuppressedNotification } from "../notifications/suppression.ts";
import type { Watch } from "../settings/watch.ts";
import { type Bucket, HOUR, type Instant } from "../time/time.ts";
import type { Labelling } from "./label.ts";
import type { Note } from "./note.ts";
import { isRecovering, type Recovery } from "./recovery.ts";

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
  /** When the whole channel last saw that it was reopened. */
  readonly reopeningShownAt?: Instant;
  /** Whose acknowledgement the message shows. */
  readonly acknowledgedBy?: string;
  /** The mute that the message shows: see `muteToShow`. */
  readonly muted?: string;
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
  /** The bucket at which it was noticed. */
  readonly openedAt: Bucket;
  /** Its first bucket, where several together were noticed; see `beganAt`. */
  readonly began?: Bucket;
  readonly lastAnomalousBucket: Bucket;
  /** The last bucket that was added, so that a bucket evaluated twice counts once. */
  readonly lastBucket: Bucket;
  readonly severity: Severity;
  /** The score of the last bucket. */
  readonly latest: Score;
  /** The score of the most unusual bucket so far. */
  readonly worst: Score;
  /** Sessions lost (negative) or gained from its first bucket up to its last anomalous bucket: the sum of observed − expected. */
  readonly balance: number;
  /** Sessions that were expected in these buckets. */
  readonly expected: number;
  /** What the buckets since the last anomalous one show. */
  readonly recovery?: Recovery;
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
  /** What people wrote about it, oldest first. */
  readonly notes?: readonly Note[];
  /** Set when it ended because its level became normal (see `isNewNormal`). */
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

/** Whether it ended at a new level that counts as normal, without a return to the old one. */
export const isNewNormal = ({ accepted, resolvedAt }: Incident): boolean =>
  accepted !== undefined && accepted.bucket === resolvedAt;

/** Whether it may still change or need a notification. */
export const isLive = (incident: Incident): boolean =>
  incident.resolvedAt === undefined ||
  incident.unwatched?.isUnconfigured === true ||
  isRevised(incident) ||
  !(incident.lastNotified?.resolved || isNeverNotified(incident));

/** Whether its latest bucket and those since the last anomalous one speak for a return: about to resolve. */
export const isEasing = ({ recovery, latest }: Incident): boolean =>
  recovery !== undefined && isRecovering(recovery, latest);

/** Its first bucket: when the drop or spike began, not when it was noticed. */
export const beganAt = ({ began, openedAt }: Pick<Incident, "began" | "openedAt">): Bucket =>
  began ?? openedAt;

/** Its duration so far in hours, from the first to the last anomalous bucket. */
export const hoursOf = (incident: Incident, step = HOUR): number =>
  (incident.lastAnomalousBucket - beganAt(incident) + step) / HOUR;

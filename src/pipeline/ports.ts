import type { Arrival } from "../core/arrival.ts";
import type { AuditedDecision, NotableVerdict } from "../core/audit.ts";
import type { Blindness } from "../core/blindness.ts";
import type { Cause } from "../core/cause.ts";
import type { ChartData } from "../core/chart.ts";
import type { Progress } from "../core/due.ts";
import type { Incident } from "../core/incident.ts";
import type { Mute, MuteScope } from "../core/mute.ts";
import type { Notice } from "../core/notice.ts";
import type { ProofOfLife } from "../core/proof-of-life.ts";
import type { Point, SeriesRef } from "../core/series.ts";
import type { MemoryUse } from "../core/symptoms.ts";
import type { Bucket, Instant } from "../core/time.ts";
import type { Verdict } from "../core/verdict.ts";
import type { Watch } from "../core/watch.ts";
import type { Trouble } from "../errors.ts";

/** Tells the present instant; injected so that tests and the demo have a time of their own. */
export type Clock = () => Instant;

/** Where sessions come from. */
export interface SessionSource {
  /**
   * The points of a series from bucket `from` to bucket `to`, both included, ascending, each bucket once.
   * A bucket the source does not tell, or that is not over yet, is left out: unknown is not zero.
   * Throws PermanentError or TransientError.
   */
  sessions(series: SeriesRef, from: Bucket, to: Bucket): Promise<Point[]>;
}

/** A stretch of a series: `sessions[i]` is that of bucket `first + i × step`, undefined where it is missing. */
export interface History {
  readonly first: Bucket;
  readonly sessions: readonly (number | undefined)[];
}

/** What the detector has learned, packed, as it stood after judging `through`. */
export interface SettledState {
  readonly through: Bucket;
  readonly bytes: Uint8Array;
}

/** Everything that is known of a series, in one read. */
export interface StoredSeries {
  readonly history: History;
  /** The last bucket that was fetched, whether it was there or missing. */
  readonly collectedThrough: Bucket;
  /** Raised whenever a bucket that was known changes; a state says which revision it was learned from. */
  readonly revision: number;
  /** Absent until first saved, and after the past has changed: then it is learned again from the history. */
  readonly state?: SettledState;
}

/** Series history: the newest 8 weeks of hours (or 56 weeks of days) of each series. */
export interface SeriesStore {
  read(seriesId: string): Promise<StoredSeries | undefined>;
  /**
   * Replaces buckets `from` to `to` by these points; buckets without a point become missing. When a bucket at or
   * before the settled state changes, that state is dropped. Writing the same again changes nothing.
   */
  write(seriesId: string, points: readonly Point[], from: Bucket, to: Bucket): Promise<void>;
  /** Keeps what was learned from `revision`; nothing is kept when the past has changed since that was read. */
  saveState(seriesId: string, state: SettledState, revision: number): Promise<void>;
  remove(seriesId: string): Promise<void>;
}

/** Where each series stands. */
export interface ProgressStore {
  all(): Promise<Map<string, Progress>>;
  of(seriesId: string): Promise<Progress | undefined>;
  /** Changes what is named, and nothing else: two workers may write at once. */
  save(seriesId: string, change: Progress): Promise<void>;
  remove(seriesId: string): Promise<void>;
}

/** What is watched. */
export interface WatchStore {
  all(): Promise<Watch[]>;
  byId(id: string): Promise<Watch | undefined>;
  forSeries(seriesId: string): Promise<Watch[]>;
  /** The ids of all series that some watch looks at. */
  seriesIds(): Promise<string[]>;
  /** Adds or replaces. */
  save(watch: Watch): Promise<void>;
  /** Whether there was one. */
  remove(id: string): Promise<boolean>;
}

/** Incidents; each changes only through a compare-and-set on its version. */
export interface IncidentStore {
  byId(id: string): Promise<Incident | undefined>;
  /** Those about which there is still something to do or say. */
  live(watchId: string): Promise<Incident[]>;
  /** All that opened at or after `since`, oldest first. */
  since(watchId: string, since: Bucket): Promise<Incident[]>;
  /**
   * Writes `incident` with its version raised by one, if what is stored still has `incident.version` (0: nothing is
   * stored). Answers what is now stored, or undefined when another writer came first.
   */
  save(incident: Incident): Promise<Incident | undefined>;
}

/** One line of the journal: what was said of one bucket of one watch. */
export interface JournalEntry {
  readonly bucket: Bucket;
  readonly verdict: Verdict["kind"];
}

/** What became of every bucket of every watch, for 90 days. Recording the same bucket again replaces it. */
export interface Journal {
  record(watchId: string, entries: readonly JournalEntry[]): Promise<void>;
  between(watchId: string, from: Bucket, to: Bucket): Promise<JournalEntry[]>;
}

/** What was decided of each watch and why, for 90 days: what the journal does not tell. */
export interface AuditStore {
  /** Replaces what is kept of buckets `from` to `to`. */
  recordVerdicts(
    watchId: string,
    from: Bucket,
    to: Bucket,
    verdicts: readonly NotableVerdict[],
  ): Promise<void>;
  /** A decision that is made again is kept as it was first made. */
  recordDecisions(watchId: string, decisions: readonly AuditedDecision[]): Promise<void>;
  /** Ascending. */
  verdicts(watchId: string, from: Bucket, to: Bucket): Promise<NotableVerdict[]>;
  /** Those made at or after `since`, in the order in which they were made. */
  decisions(watchId: string, since: Instant): Promise<AuditedDecision[]>;
}

/** What people asked not to hear, one mute a scope. Those that are over stay until they are removed. */
export interface MuteStore {
  /** By scope. */
  all(): Promise<Mute[]>;
  /** Adds or replaces. */
  save(mute: Mute): Promise<void>;
  /** Whether there was one. */
  remove(scope: MuteScope): Promise<boolean>;
}

/** Causes; each changes only through a compare-and-set on its version, like incidents. */
export interface CauseStore {
  byId(id: string): Promise<Cause | undefined>;
  /** Those of a room that opened from `from` to `to`, oldest first. */
  near(room: string, from: Bucket, to: Bucket): Promise<Cause[]>;
  /** Writes with the version raised by one, or answers undefined when another writer came first. */
  save(cause: Cause): Promise<Cause | undefined>;
}

/** Incidents that may have something unsaid, each with its room: a net under the queue, swept by every tick. */
export interface Outbox {
  add(incidentId: string, room: string): Promise<void>;
  /** Incident → room. */
  all(): Promise<Map<string, string>>;
  remove(incidentId: string): Promise<void>;
}

/** An incident that is to be looked at again at an instant: a mute, quiet hours or somebody's patience end then. */
export interface Appointment {
  readonly incidentId: string;
  readonly room: string;
  readonly at: Instant;
}

/** When which incidents are to be looked at again, each once: what no new bucket would bring up. */
export interface Agenda {
  due(now: Instant): Promise<Appointment[]>;
  /** Adds or moves. */
  save(appointments: readonly Appointment[]): Promise<void>;
  remove(incidentIds: readonly string[]): Promise<void>;
}

/** What keeps a workspace from being read. */
export interface TroubleReport {
  readonly trouble: Trouble;
  /** Who did what, redacted. */
  readonly message: string;
  /** What a person can do about it. */
  readonly advice: string;
  readonly since: Instant;
}

/** Workspaces that cannot be read at present, by name. */
export interface TroubleStore {
  all(): Promise<Map<string, TroubleReport>>;
  /** Whether this is news: no trouble was known, or another one. An unchanged trouble keeps its `since`. */
  raise(workspace: string, report: TroubleReport): Promise<boolean>;
  /** What is over now, undefined when nothing was wrong. */
  clear(workspace: string): Promise<TroubleReport | undefined>;
}

/** What keeps Tidewatch from seeing or telling, by id, until its end was told. One worker writes at a time. */
export interface BlindnessStore {
  all(): Promise<Blindness[]>;
  save(blindness: Blindness): Promise<void>;
  remove(id: string): Promise<void>;
}

/** How long after its end each series usually has a bucket. */
export interface ArrivalStore {
  all(): Promise<Map<string, Arrival>>;
  of(seriesId: string): Promise<Arrival | undefined>;
  save(seriesId: string, arrival: Arrival): Promise<void>;
  remove(seriesId: string): Promise<void>;
}

/** Tells how much memory the store uses, and may use; a limit of 0 is none. */
export type MemoryGauge = () => Promise<MemoryUse>;

/** Tells the world outside that all is well; why not, where that failed, and undefined when it was told just now. */
export type Heartbeat = () => Promise<{ readonly failed?: string } | undefined>;

/** Where a message stands: meant to be sent, known to be there, or lost sight of. */
export type LedgerEntry =
  | { readonly state: "sending" | "unknown"; readonly since: Instant }
  | { readonly state: "sent"; readonly channel: string; readonly ts: string };

/** What was sent to Slack, by message id, so that nothing is posted twice. `since` is wall-clock time. */
export interface Ledger {
  entry(messageId: string): Promise<LedgerEntry | undefined>;
  save(messageId: string, entry: LedgerEntry): Promise<void>;
  remove(messageId: string): Promise<void>;
}

export type Block = Readonly<Record<string, unknown>>;

/** A message as Slack takes it: `text` is the fallback and the notification line. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** What may stand after the first block, the best first: where Slack refuses one, the next is sent, at last none. */
  readonly pictures?: readonly Block[];
}

/** Where a posted message is. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

/** Turns notices into messages; pure. */
export interface Renderer {
  /** The message of the cause itself, as it now stands. */
  root(notice: Notice): Message;
  /** What is said in its thread; nothing when this reason needs no word there. */
  replies(notice: Notice): Message[];
}

/** Draws a chart, as PNG; the same chart gives the same bytes. */
export type Painter = (chart: ChartData) => Promise<Uint8Array>;

/** Keeps pictures where messages can show them. */
export interface Gallery {
  /** Answers the picture's id once a message may name it. Throws, also when the signal says that it takes too long. */
  hang(png: Uint8Array, chart: ChartData, signal: AbortSignal): Promise<string>;
}

/** Turns a chart into blocks of a message; pure. */
export interface PictureRenderer {
  /** A picture that hangs in the gallery. */
  image(id: string, chart: ChartData): Block;
  /** Without any picture, the best first. */
  otherwise(chart: ChartData): Block[];
}

/** Adds to a message the pictures of what it speaks of. Never fails, and never takes long. */
export type Illustrate = (message: Message, notice: Notice) => Promise<Message>;

/** Turns what the people who run Tidewatch should know into messages; pure. */
export interface OpsRenderer {
  /** The message of a blindness, as it now stands. */
  blindness(blindness: Blindness): Message;
  /** What is said in its thread when it is over. */
  over(blindness: Blindness): Message;
  proof(proof: ProofOfLife): Message;
}

/** Slack, as far as notices need it. Errors: PermanentError, TransientError ("slack-unsure": it may have arrived). */
export interface Messenger {
  post(
    channel: string,
    message: Message,
    options: { readonly messageId: string; readonly thread?: string; readonly broadcast?: boolean },
  ): Promise<MessageRef>;
  /** Replaces a message in place. Answers false when somebody deleted it. */
  update(ref: MessageRef, message: Message, messageId: string): Promise<boolean>;
  /**
   * Looks for a message of ours by its id in the channel (or thread) since an instant of wall-clock time.
   * "cannot-look" where the token lacks the scope for it.
   */
  find(
    channel: string,
    messageId: string,
    since: Instant,
    thread?: string,
  ): Promise<MessageRef | undefined | "cannot-look">;
}

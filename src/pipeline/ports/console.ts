import type { App } from "../../series/app.ts";
import type { Change } from "../../settings/change.ts";
import type { Access } from "../../settings/permissions.ts";
import type { Instant } from "../../time/time.ts";

/** What became of changes that were to be written: see `ChangeStore.record`. */
export type Recorded = "recorded" | "overtaken" | "taken" | "undone-before";

/** That a change is taken back by those that are recorded with this. */
export interface Undoing {
  readonly id: string;
  readonly undone: NonNullable<Change["undone"]>;
}

/** Every change that somebody made, for as long as `KEPT`: the only way by which what people set up changes. */
export interface ChangeStore {
  /**
   * Writes what these change and an entry for each, to be announced together, all in one step. Nothing is written where
   * something is no longer as its `before` says (`overtaken`), an id is in use (`taken`), or the change that is taken back
   * was taken back before. A label has an entry alone: it is carried to its incidents afterwards.
   */
  record(changes: readonly [Change, ...Change[]], undoing?: Undoing): Promise<Recorded>;
  byId(id: string): Promise<Change | undefined>;
  /** Those made at or after `since`, newest first. */
  since(since: Instant): Promise<Change[]>;
  /** The ids of those that nobody was told of yet as they stand, oldest first, of a batch the first: a net under the queue. */
  unannounced(): Promise<string[]>;
  /** Notes that these were told as they are here; where one was undone in between, they are still to be told. */
  markAnnounced(id: string, lastNotified: readonly Change[]): Promise<void>;
}

/** The apps that people gave names to. */
export interface AppStore {
  all(): Promise<App[]>;
  /** Adds or replaces. */
  save(app: App): Promise<void>;
  /** Whether there was one. */
  remove(workspace: string, app: string): Promise<boolean>;
}

/** Who may change what is watched. */
export interface AccessStore {
  /** Undefined until somebody set it. */
  get(): Promise<Access | undefined>;
  set(access: Access): Promise<void>;
}

/** A segment as Braze lists it. */
export interface Segment {
  readonly id: string;
  readonly name: string;
  /** Only segments with analytics tracking switched on have sessions to read. */
  readonly isTracked: boolean;
}

/** Lists the segments of a workspace. Throws PermanentError or TransientError. */
export type SegmentList = (workspace: string) => Promise<Segment[]>;

/** The segments of each workspace as they were last listed. */
export interface SegmentCache {
  of(workspace: string): Promise<{ readonly at: Instant; readonly segments: readonly Segment[] } | undefined>;
  /** Replaces what was known. */
  save(
    workspace: string,
    listed: { readonly at: Instant; readonly segments: readonly Segment[] },
  ): Promise<void>;
}

/** What came in from Slack already, so that nothing is done twice: it may be delivered again, and to another worker. */
export interface SeenStore {
  /** Whether this is the first time within so many milliseconds that it is asked for. */
  isFirst(id: string, within: number): Promise<boolean>;
}

/** Shares a text as a file in a channel. Throws PermanentError or TransientError. */
export type ShareFile = (channel: string, filename: string, content: string) => Promise<void>;

/** What keeps a channel from being told anything, and what to do about it, in mrkdwn; undefined where nothing is known to. */
export type ChannelIssue = (channel: string) => Promise<string | undefined>;

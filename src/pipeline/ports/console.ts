import type { App } from "../../series/app.ts";
import type { Change } from "../../settings/change.ts";
import type { Permissions } from "../../settings/permissions.ts";
import type { Instant } from "../../time/time.ts";

/** The outcome of `ChangeStore.record`. */
export type Recorded = "recorded" | "overtaken" | "taken" | "undone-before";

/** The change that is undone by the changes recorded with this. */
export interface Undoing {
  readonly id: string;
  readonly undone: NonNullable<Change["undone"]>;
}

/** Every change that people made, kept for `KEPT`. Settings change only through this store. */
export interface ChangeStore {
  /**
   * Writes the settings and an entry for each change, to be announced together, in one step. Writes nothing when a
   * setting no longer equals its `before` (`overtaken`), an id is in use (`taken`), or the change to undo was undone
   * before. A label is only an entry: its incidents are updated afterwards.
   */
  record(changes: readonly [Change, ...Change[]], undoing?: Undoing): Promise<Recorded>;
  byId(id: string): Promise<Change | undefined>;
  /** Those made at or after `since`, newest first. */
  since(since: Instant): Promise<Change[]>;
  /**
   * The ids of changes not yet announced in their present state, oldest first, of a batch the first: for what the queue
   * lost.
   */
  unannounced(): Promise<string[]>;
  /** Records that these were announced as they are here; those undone meanwhile stay unannounced. */
  markAnnounced(id: string, lastNotified: readonly Change[]): Promise<void>;
}

/** The apps that people named. */
export interface AppStore {
  all(): Promise<App[]>;
  /** Adds or replaces. */
  save(app: App): Promise<void>;
  /** Whether there was one. */
  remove(workspace: string, app: string): Promise<boolean>;
}

/** The permissions. */
export interface PermissionStore {
  /** Undefined until somebody sets it. */
  get(): Promise<Permissions | undefined>;
  set(permissions: Permissions): Promise<void>;
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

/** The last list of segments of each workspace. */
export interface SegmentCache {
  of(workspace: string): Promise<{ readonly at: Instant; readonly segments: readonly Segment[] } | undefined>;
  /** Replaces the list. */
  save(
    workspace: string,
    listed: { readonly at: Instant; readonly segments: readonly Segment[] },
  ): Promise<void>;
}

/**
 * The deliveries from Slack already handled, so that none is handled twice: Slack may repeat one, and to another
 * worker.
 */
export interface SeenStore {
  /** Whether this id is new within this many milliseconds. */
  isFirst(id: string, within: number): Promise<boolean>;
}

/** The connections over which all processes on this store hear Slack: who is not in it has another store. */
export interface SlackConnectionStore {
  /** Notes that a connection is open for so many milliseconds to come; answers how many are. */
  hold(id: string, within: number): Promise<number>;
  /** Notes that it is closed. */
  release(id: string): Promise<void>;
}

/** Shares a text as a file in a channel. Throws PermanentError or TransientError. */
export type ShareFile = (channel: string, filename: string, content: string) => Promise<void>;

/** Returns why nothing can be posted in a channel and what to do, in mrkdwn; undefined if no reason is known. */
export type ChannelIssue = (channel: string) => Promise<string | undefined>;

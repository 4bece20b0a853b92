import type { App } from "../../series/app.ts";
import type { Change } from "../../settings/change.ts";
import type { Access } from "../../settings/permissions.ts";
import type { Instant } from "../../time/time.ts";

/** Every change that somebody made, for as long as `KEPT`. */
export interface ChangeStore {
  /** Recording the same id again changes nothing. */
  record(change: Change): Promise<void>;
  byId(id: string): Promise<Change | undefined>;
  /** Those made at or after `since`, newest first. */
  since(since: Instant): Promise<Change[]>;
  /** Notes that it was undone, which is to be told; false when it was already, or when there is no such change. */
  markUndone(id: string, undone: NonNullable<Change["undone"]>): Promise<boolean>;
  /** The ids of those that nobody was told of yet as they stand, oldest first: a net under the queue. */
  unannounced(): Promise<string[]>;
  /** Notes that it was told, as undone or not; one that was undone in between is still to be told. */
  markAnnounced(id: string, isUndone: boolean): Promise<void>;
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
export type Obstacle = (channel: string) => Promise<string | undefined>;

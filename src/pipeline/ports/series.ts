import type { Item, Pool } from "../../metrics/metric.ts";
import type { ApiQuota } from "../../series/api-quota.ts";
import type { Progress } from "../../series/due.ts";
import type { IngestionDelay } from "../../series/ingestion-delay.ts";
import type { CalendarKnown } from "../../series/missing-sends.ts";
import type { Send } from "../../series/sends.ts";
import type { Point } from "../../series/series.ts";
import type { Bucket, Instant } from "../../time/time.ts";
import type { ListedItem, Segment } from "./braze.ts";

/** A stretch of a series: `values[i]` is that of bucket `first + i × step`, undefined where it is missing. */
export interface History {
  readonly first: Bucket;
  readonly values: readonly (number | undefined)[];
  /** What each value of a ratio was divided by. */
  readonly denominators?: readonly (number | undefined)[];
}

/** What the detector has learned, packed, after evaluating `through`. */
export interface SavedState {
  readonly through: Bucket;
  readonly bytes: Uint8Array;
}

/** What is stored of a series but for its state, in one read. */
export interface StoredHistory {
  readonly history: History;
  /** The last bucket that was fetched, present or missing. */
  readonly collectedThrough: Bucket;
  /** Raised whenever a known bucket changes; a state records the revision it was learned from. */
  readonly revision: number;
  /** The first known bucket that changed since the last evaluation; undefined for none. */
  readonly revisedFrom?: Bucket;
  /** Up to which bucket every missing one was asked for a second time. */
  readonly reaskedThrough?: Bucket;
}

/** Everything that is stored of a series, in one read. */
export interface StoredSeries extends StoredHistory {
  /** Absent until first saved, and after past buckets changed: then it is learned again from the history. */
  readonly state?: SavedState;
}

/** Series history: the newest 8 weeks of hours (or 56 weeks of days) of each series. */
export interface SeriesStore {
  read(seriesId: string): Promise<StoredSeries | undefined>;
  /** The same without the state, which is twice as long as the history. */
  readHistory(seriesId: string): Promise<StoredHistory | undefined>;
  /**
   * Replaces buckets `from` to `to` by these points; buckets without a point become missing, and are asked for again.
   * When a bucket covered by the saved state changes, that state is dropped. Writing the same again changes nothing.
   */
  write(seriesId: string, points: readonly Point[], from: Bucket, to: Bucket): Promise<void>;
  /** Saves what was learned from `revision`, unless past buckets have changed since. */
  saveState(seriesId: string, state: SavedState, revision: number): Promise<void>;
  /** Records that all was evaluated as of `revision`. Returns whether nothing has changed since. */
  noteEvaluated(seriesId: string, revision: number): Promise<boolean>;
  /** Records that every missing bucket up to one was asked for a second time. */
  noteReasked(seriesId: string, through: Bucket): Promise<void>;
  remove(seriesId: string): Promise<void>;
}

/** The progress of each series. */
export interface ProgressStore {
  all(): Promise<ReadonlyMap<string, Progress>>;
  of(seriesId: string): Promise<Progress | undefined>;
  /** Changes only the given fields: two workers may write at once. A field given as undefined is deleted. */
  save(
    seriesId: string,
    change: { readonly [Name in keyof Progress]: Progress[Name] | undefined },
  ): Promise<void>;
  remove(seriesId: string): Promise<void>;
}

/** The ingestion delay of each series. */
export interface IngestionDelayStore {
  all(): Promise<ReadonlyMap<string, IngestionDelay>>;
  of(seriesId: string): Promise<IngestionDelay | undefined>;
  save(seriesId: string, ingestionDelay: IngestionDelay): Promise<void>;
  remove(seriesId: string): Promise<void>;
}

/** The requests left in each pool of each workspace, shared by all workers. */
export interface QuotaStore {
  /** Undefined when nothing is known of the present hour. */
  of(workspace: string, pool: Pool, now: Instant): Promise<ApiQuota | undefined>;
  /**
   * Takes one request; undefined when it may be made. When none are left, or fewer than the reserve (a share), takes
   * nothing and returns what is left.
   */
  take(workspace: string, pool: Pool, reserve: number, now: Instant): Promise<ApiQuota | undefined>;
  /**
   * Records the quota from an answer: until a reset, the smallest remainder is the newest, since answers overtake each
   * other. A reset from Braze replaces a guessed one, earlier or later.
   */
  learn(workspace: string, pool: Pool, lastNotified: ApiQuota): Promise<void>;
}

/** The last list of segments of each workspace. */
export interface SegmentCache {
  of(workspace: string): Promise<{ readonly at: Instant; readonly segments: readonly Segment[] } | undefined>;
  /** Replaces the list. */
  save(
    workspace: string,
    listed: { readonly at: Instant; readonly segments: readonly Segment[] },
  ): Promise<void>;
}

/** The time zone of each workspace's company, as Braze named it last. */
export interface CompanyZoneStore {
  all(): Promise<ReadonlyMap<string, string>>;
  save(workspace: string, zone: string): Promise<void>;
}

/** What each workspace sent in the last weeks, and is about to send. */
export interface SendStore {
  /** Those from one instant to another, both included, ascending by time. */
  between(workspace: string, from: Instant, to: Instant): Promise<readonly Send[]>;
  /** Of which time it is certain what was scheduled; undefined before the first plan. */
  known(workspace: string): Promise<CalendarKnown | undefined>;
  /** Replaces what was planned for after `now`; what was planned until then counts as sent, and stays for some weeks. */
  plan(workspace: string, planned: readonly Send[], now: Instant): Promise<void>;
  /** Adds what went out, unless the same went out within an hour of it. */
  add(send: Send): Promise<void>;
  /** Replaces what is known of a send, unless it is gone. */
  describe(send: Send): Promise<void>;
}

/** The last lists of custom events, products, campaigns and Canvases of each workspace. */
export interface ItemCache {
  of(
    workspace: string,
    parameter: Item["parameter"],
  ): Promise<{ readonly at: Instant; readonly items: readonly ListedItem[] } | undefined>;
  /** Replaces the list. */
  save(
    workspace: string,
    parameter: Item["parameter"],
    listed: { readonly at: Instant; readonly items: readonly ListedItem[] },
  ): Promise<void>;
}

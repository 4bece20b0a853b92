import type { Progress } from "../../series/due.ts";
import type { IngestionDelay } from "../../series/ingestion-delay.ts";
import type { Point, SeriesRef } from "../../series/series.ts";
import type { Bucket } from "../../time/time.ts";

/** Which of these buckets, left out of a sound answer, had no sessions. */
export type EmptyAmong = (buckets: readonly Bucket[]) => Promise<ReadonlySet<Bucket>>;

/** Where sessions come from. */
export interface SessionSource {
  /**
   * The points of a series from bucket `from` to bucket `to`, both included, ascending, each bucket once.
   * A bucket the source does not tell, or that is not over yet, is left out: unknown is not zero.
   * A source that leaves out buckets without sessions asks `emptyAmong` which they are.
   * Throws PermanentError or TransientError.
   */
  sessions(series: SeriesRef, from: Bucket, to: Bucket, emptyAmong?: EmptyAmong): Promise<Point[]>;
}

/** A stretch of a series: `sessions[i]` is that of bucket `first + i × step`, undefined where it is missing. */
export interface History {
  readonly first: Bucket;
  readonly sessions: readonly (number | undefined)[];
}

/** What the detector has learned, packed, as it stood after evaluating `through`. */
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
  /** The first bucket that was known and changed since the series was last evaluated; undefined for none. */
  readonly revisedFrom?: Bucket;
  /** Up to which bucket everything that was missing was asked for once more. */
  readonly reaskedThrough?: Bucket;
  /** Absent until first saved, and after the past has changed: then it is learned again from the history. */
  readonly state?: SettledState;
}

/** Series history: the newest 8 weeks of hours (or 56 weeks of days) of each series. */
export interface SeriesStore {
  read(seriesId: string): Promise<StoredSeries | undefined>;
  /**
   * Replaces buckets `from` to `to` by these points; buckets without a point become missing. When a bucket at or
   * before the settled state changes, that state is dropped. Writing the same again changes nothing. What becomes missing
   * is to be asked for again.
   */
  write(seriesId: string, points: readonly Point[], from: Bucket, to: Bucket): Promise<void>;
  /** Keeps what was learned from `revision`; nothing is kept when the past has changed since that was read. */
  saveState(seriesId: string, state: SettledState, revision: number): Promise<void>;
  /** Notes that all was evaluated as it stood at `revision`; answers whether nothing has changed since. */
  noteEvaluated(seriesId: string, revision: number): Promise<boolean>;
  /** Notes that what is missing up to a bucket was asked for once more. */
  noteReasked(seriesId: string, through: Bucket): Promise<void>;
  remove(seriesId: string): Promise<void>;
}

/** Where each series stands. */
export interface ProgressStore {
  all(): Promise<Map<string, Progress>>;
  of(seriesId: string): Promise<Progress | undefined>;
  /** Changes what is named, and nothing else: two workers may write at once. What is named undefined is forgotten. */
  save(
    seriesId: string,
    change: { readonly [Name in keyof Progress]: Progress[Name] | undefined },
  ): Promise<void>;
  remove(seriesId: string): Promise<void>;
}

/** How long after its end each series usually has a bucket. */
export interface IngestionDelayStore {
  all(): Promise<Map<string, IngestionDelay>>;
  of(seriesId: string): Promise<IngestionDelay | undefined>;
  save(seriesId: string, ingestionDelay: IngestionDelay): Promise<void>;
  remove(seriesId: string): Promise<void>;
}

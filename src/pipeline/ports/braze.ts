import type { SeriesProfile } from "../../detector/detector.ts";
import type { Item } from "../../metrics/metric.ts";
import type { ReplayInput } from "../../reports/replay.ts";
import type { Send } from "../../series/sends.ts";
import type { Point, SeriesRef } from "../../series/series.ts";
import type { Bucket } from "../../time/time.ts";

/** Which of these buckets, left out of a sound answer, are empty: zero. */
export type EmptyAmong = (buckets: readonly Bucket[]) => Promise<ReadonlySet<Bucket>>;

/** Where series come from. */
export interface SeriesSource {
  /**
   * The points of a series from bucket `from` to bucket `to`, both included, ascending, each bucket once. A bucket that
   * the source omits, or that is not over yet, is left out: unknown is not zero. A source that omits buckets without
   * sessions asks `emptyAmong` which they are. Throws PermanentError or TransientError.
   */
  points(series: SeriesRef, from: Bucket, to: Bucket, emptyAmong?: EmptyAmong): Promise<Point[]>;
}

/** Reads more of a send. Both throw PermanentError or TransientError. */
export interface SendFacts {
  /** As Braze names them: `email`, `ios_push`. */
  channels(send: Send): Promise<readonly string[]>;
  /** How many messages of the campaign went out today so far, or how many people entered the Canvas; undefined: unknown. */
  audience(send: Send): Promise<number | undefined>;
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

/** A custom event, product, campaign or Canvas as Braze lists it; those without an id of their own have their name. */
export interface ListedItem {
  readonly id: string;
  readonly name: string;
}

/**
 * Lists the custom events, products, campaigns or Canvases of a workspace. Throws PermanentError or TransientError.
 * @param atMost how old the list may be, in milliseconds; left out: a day
 */
export type ItemList = (workspace: string, item: Item, atMost?: number) => Promise<ListedItem[]>;

/** Lists the hour series of a workspace that are read from Braze. */
export type Neighbours = (workspace: string) => Promise<readonly string[]>;

/** The counts of a series, with the feedback on them. */
export type Past = Pick<ReplayInput, "history" | "exclusions">;

/** Reads the last weeks of a series, watched or not. Throws as Braze's source does. */
export type PastReader = (ref: SeriesRef, profile: SeriesProfile) => Promise<Past>;

import type { Bucket, Instant } from "./time.ts";

/** Buckets of a series that are not learned from as others are, since somebody said that they are no example. */
export interface Exclusion {
  /** Made from what it names: an incident's id, or `2026-06-16T12/2026-06-16T15`. */
  readonly id: string;
  readonly seriesId: string;
  /** The first and the last bucket. */
  readonly from: Bucket;
  readonly to: Bucket;
  /**
   * `hand`: not judged either; `label`: they belong to an incident that was labelled, and are judged; `new-level`: so
   * are these, and after the last of them the level moves to what they show.
   */
  readonly because: "hand" | "label" | "new-level";
  readonly by: string;
  readonly at: Instant;
}

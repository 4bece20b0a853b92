import { bucketAt } from "../time/calendar.ts";
import { type Bucket, bucketName, type Instant, stepOf, type Unit, WEEK } from "../time/time.ts";
import { historySpan } from "./due.ts";

/** Buckets of a series that are not learned from as usual, because of feedback. */
export interface Exclusion {
  /** Made from its subject: an incident's id, or `2026-06-16T12/2026-06-16T15`. */
  readonly id: string;
  readonly seriesId: string;
  /** The first and the last bucket. */
  readonly from: Bucket;
  readonly to: Bucket;
  /**
   * `hand`: excluded by a person, and not evaluated either; `label`: of a labelled incident, and evaluated;
   * `new-level`: likewise, and after the last of them the level moves to theirs.
   */
  readonly because: "hand" | "label" | "new-level";
  readonly by: string;
  readonly at: Instant;
}

/** Buckets from a first to a last. */
type Buckets = Pick<Exclusion, "from" | "to">;

/** Names a range of buckets that a person excluded. */
export const exclusionId = ({ from, to }: Buckets, unit: Unit): string =>
  `${bucketName(from, unit)}/${bucketName(to, unit)}`;

/**
 * The buckets that a range of instants touches; its end is exclusive. A string says what is wrong with the range.
 * @example excludedBuckets(noon, noon + 3 * HOUR, "hour", "UTC"); // => from 12:00 to 14:00
 */
export function excludedBuckets(from: Instant, to: Instant, unit: Unit, zone: string): Buckets | string {
  if (to <= from) return "the range ends before it begins. Type the beginning first";
  const buckets = { from: bucketAt(from, unit, zone), to: bucketAt(to - 1, unit, zone) };
  const most = historySpan(unit) / 2;
  if (buckets.to - buckets.from < most) return buckets;
  return `the range is longer than ${most / WEEK} weeks, and too little history would be left. Exclude less`;
}

/** How a bucket with feedback is treated: the strictest exclusion wins. */
export type Treatment = "not-evaluated" | "not-learned";

/** The treatment of each bucket, and after which buckets the level moves to that of how many before. */
export interface Feedback {
  treatmentOf(bucket: Bucket): Treatment | undefined;
  movesAfter(bucket: Bucket): { readonly buckets: number } | undefined;
}

/** Indexes exclusions by bucket. */
export function feedbackOf(exclusions: readonly Exclusion[], unit: Unit): Feedback {
  const byHand = exclusions.filter(({ because }) => because === "hand");
  const others = exclusions.filter(({ because }) => because !== "hand");
  const holds = (all: readonly Exclusion[], bucket: Bucket) =>
    all.some(({ from, to }) => from <= bucket && bucket <= to);
  return {
    treatmentOf: (bucket) =>
      holds(byHand, bucket) ? "not-evaluated" : holds(others, bucket) ? "not-learned" : undefined,
    movesAfter(bucket) {
      const move = exclusions.find(({ because, to }) => because === "new-level" && to === bucket);
      return move && { buckets: (move.to - move.from) / stepOf(unit) + 1 };
    },
  };
}

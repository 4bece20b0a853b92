import type { Verdict } from "../detector/verdict/verdict.ts";
import type { Bucket } from "../time/time.ts";

/** One bucket of a watch: its count, its verdict by the present settings, and what was notified at the time. */
export interface CountedBucket {
  readonly bucket: Bucket;
  /** Left out if it is not known, which is not zero. */
  readonly observed?: number;
  readonly verdict?: Verdict;
  readonly notified: readonly string[];
}

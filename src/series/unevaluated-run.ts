import type { NotEvaluatedReason } from "../detector/verdict.ts";
import type { Bucket } from "../time/time.ts";
import type { UnjudgedRun } from "./due.ts";

interface Looked {
  readonly bucket: Bucket;
  readonly unjudged?: NotEvaluatedReason;
}

/**
 * The run of unjudged buckets that a series ends with, after these were looked at in order; undefined for none.
 * @param before the run that it ended with until then.
 */
export function unjudgedRun(
  before: UnjudgedRun | undefined,
  looked: readonly Looked[],
): UnjudgedRun | undefined {
  const last = looked.at(-1);
  if (!last) return before;
  if (last.unjudged === undefined) return undefined;
  const lastJudged = looked.findLastIndex(({ unjudged }) => unjudged === undefined);
  const first = looked[lastJudged + 1]!.bucket;
  const since = lastJudged === -1 ? (before?.since ?? first) : first;
  return { since, through: last.bucket, because: last.unjudged };
}

import type { NotEvaluatedReason } from "../detector/verdict/verdict.ts";
import type { Bucket } from "../time/time.ts";
import type { NotEvaluatedRun } from "./due.ts";

interface Looked {
  readonly bucket: Bucket;
  readonly notEvaluated?: NotEvaluatedReason;
}

/**
 * The run of not evaluated buckets at the end of a series, after these verdicts in order; undefined for none.
 * @param before the run at its end until then.
 */
export function notEvaluatedRun(
  before: NotEvaluatedRun | undefined,
  looked: readonly Looked[],
): NotEvaluatedRun | undefined {
  const last = looked.at(-1);
  if (!last) return before;
  if (last.notEvaluated === undefined) return undefined;
  const lastEvaluated = looked.findLastIndex(({ notEvaluated }) => notEvaluated === undefined);
  const first = looked[lastEvaluated + 1]!.bucket;
  const since = lastEvaluated === -1 ? (before?.since ?? first) : first;
  return { since, through: last.bucket, because: last.notEvaluated };
}

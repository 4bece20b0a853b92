import { verdictOf } from "../../detector/detector.ts";
import { InputError } from "../../errors.ts";
import type { CountedBucket } from "../../reports/counts.ts";
import { replayCooperatively } from "../../reports/replay.ts";
import { seriesId } from "../../series/series.ts";
import type { Watch } from "../../settings/watch.ts";
import { type Bucket, bucketName, bucketsBetween, stepOf } from "../../time/time.ts";
import { replayInputOf } from "../actions/feedback.ts";
import type { Context } from "../context.ts";
import { runCooperatively } from "./cooperative.ts";

/**
 * The stored buckets of a watch from `from` to `to`, both included, oldest first. Throws InputError when none of them is
 * stored.
 */
export async function countsOf(
  watch: Watch,
  { from, to }: { readonly from: Bucket; readonly to: Bucket },
  context: Pick<Context, "series" | "exclusions" | "profiles" | "audit">,
): Promise<CountedBucket[]> {
  const id = seriesId(watch.series);
  const [stored, profileOf] = await Promise.all([replayInputOf(id, context), context.profiles()]);
  if (!stored)
    throw new InputError(`no data has been read for ${watch.id} yet. It is read within the next minutes`);
  const { unit } = watch.series;
  const step = stepOf(unit);
  const { first, values } = stored.history;
  const last = stored.collectedThrough;
  const [begin, end] = [Math.max(from, first), Math.min(to, last)];
  if (begin > end)
    throw new InputError(
      `the history of ${watch.id} contains ${bucketName(first, unit)} to ${bucketName(last, unit)} (UTC)`,
    );
  const replayed = await runCooperatively(replayCooperatively(stored, profileOf(id), begin, begin - step));
  const evidence = new Map(replayed.evidence.map((one) => [one.bucket, one]));
  const decisions = Map.groupBy(await context.audit.decisions(watch.id, begin), ({ bucket }) => bucket);
  return bucketsBetween(begin, end, unit).map((bucket) => {
    const observed = values[(bucket - first) / step];
    const seen = evidence.get(bucket);
    const notified = (decisions.get(bucket) ?? []).flatMap(({ decision }) =>
      "notify" in decision ? [decision.notify] : [],
    );
    return {
      bucket,
      ...(observed !== undefined && { observed }),
      ...(seen && { verdict: verdictOf(seen, watch) }),
      notified,
    };
  });
}

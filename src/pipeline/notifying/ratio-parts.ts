import { verdictOf } from "../../detector/detector.ts";
import type { PartMoved } from "../../notifications/context.ts";
import { replayCooperatively } from "../../reports/replay.ts";
import { partsOf } from "../../series/ratio.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import { defaultRules } from "../../settings/watch.ts";
import { type Bucket, stepOf } from "../../time/time.ts";
import { replayInputOf } from "../actions/feedback.ts";
import type { Context } from "../context.ts";
import { runCooperatively } from "../reports/cooperative.ts";

/** The buckets that decided. */
interface Newest {
  readonly last: Bucket;
  readonly buckets: number;
}

/** How each part of a ratio did in the buckets that decided, by the rules of a usual watch; none for what is no ratio. */
export async function partsMoved(
  ref: SeriesRef,
  newest: Newest,
  context: Pick<Context, "series" | "exclusions" | "profiles">,
): Promise<readonly PartMoved[]> {
  const moved = await Promise.all((partsOf(ref) ?? []).map((part) => movedBy(part, newest, context)));
  return moved.flatMap((one) => one ?? []);
}

/** Undefined where the part is not known, or not evaluated. */
async function movedBy(
  part: SeriesRef,
  { last, buckets }: Newest,
  context: Pick<Context, "series" | "exclusions" | "profiles">,
): Promise<PartMoved | undefined> {
  const id = seriesId(part);
  const stored = await replayInputOf(id, context);
  if (!stored) return undefined;
  const step = stepOf(part.unit);
  const first = last - (buckets - 1) * step;
  const profile = (await context.profiles())(id);
  const { evidence } = await runCooperatively(replayCooperatively(stored, profile, first, first - step));
  const verdicts = evidence
    .filter(({ bucket }) => bucket <= last)
    .map((seen) => verdictOf(seen, defaultRules))
    .filter((verdict) => verdict.kind !== "not-evaluated");
  const newest = verdicts.at(-1);
  if (newest?.bucket !== last) return undefined;
  const sum = (of: "observed" | "expected") => verdicts.reduce((total, { score }) => total + score[of], 0);
  return {
    series: part,
    isAsExpected: newest.kind === "normal",
    observed: sum("observed"),
    expected: sum("expected"),
  };
}

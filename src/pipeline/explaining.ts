import { historySpan } from "../core/due.ts";
import { type Explanation, explainInSlices } from "../core/explain.ts";
import { seriesId } from "../core/series.ts";
import { type Bucket, bucketName, type Unit, WEEK } from "../core/time.ts";
import type { Watch } from "../core/watch.ts";
import { InputError } from "../errors.ts";
import { inTurns } from "./in-turns.ts";
import { type LearnDeps, learnableOf } from "./lessons.ts";
import type { Profiles } from "./ports/profiles.ts";

export interface ExplainingDeps extends LearnDeps {
  readonly profiles: Profiles;
}

/** The numbers behind a verdict, and by which clock they are read. */
export interface Explained {
  readonly explanation: Explanation;
  readonly unit: Unit;
  readonly zone: string;
}

/**
 * Says how a watch came to its verdict about a bucket, or about the newest. Throws InputError where nothing is known of
 * it.
 */
export async function explainBucket(
  watch: Watch,
  wanted: Bucket | undefined,
  deps: ExplainingDeps,
): Promise<Explained> {
  const id = seriesId(watch.series);
  const [learnable, profileOf] = await Promise.all([learnableOf(id, deps), deps.profiles()]);
  if (!learnable) throw new InputError(`nothing was read for ${watch.id} yet: it is within the next minutes`);
  const profile = profileOf(id);
  const { unit, zone } = profile;
  const bucket = wanted ?? learnable.collectedThrough;
  const explanation = await inTurns(explainInSlices(learnable, profile, watch, bucket));
  if (!explanation)
    throw new InputError(
      `the history of ${watch.id} does not hold ${bucketName(bucket, unit)}: it is the ${historySpan(unit) / WEEK} weeks up to ${bucketName(learnable.collectedThrough, unit)} (UTC)`,
    );
  return { explanation, unit, zone };
}

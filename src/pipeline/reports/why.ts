import { InputError } from "../../errors.ts";
import { type Explanation, explainCooperatively } from "../../reports/why.ts";
import { historySpan } from "../../series/due.ts";
import { seriesId } from "../../series/series.ts";
import type { Watch } from "../../settings/watch.ts";
import { type Bucket, bucketName, type Unit, WEEK } from "../../time/time.ts";
import { replayInputOf } from "../actions/feedback.ts";
import type { Context } from "../context.ts";
import { sendsBefore } from "../notifying/sends-before.ts";
import { runCooperatively } from "./cooperative.ts";

/** The numbers behind a verdict, and the zone in which to show them. */
export interface Explained {
  readonly explanation: Explanation;
  readonly unit: Unit;
  readonly zone: string;
}

/** Explains a watch's verdict on a bucket, or on the newest. Throws InputError when nothing is known of it. */
export async function explainBucket(
  watch: Watch,
  wanted: Bucket | undefined,
  context: Pick<Context, "series" | "exclusions" | "profiles" | "sends">,
): Promise<Explained> {
  const id = seriesId(watch.series);
  const [replayInput, profileOf] = await Promise.all([replayInputOf(id, context), context.profiles()]);
  if (!replayInput)
    throw new InputError(`no data has been read for ${watch.id} yet. It is read within the next minutes`);
  const profile = profileOf(id);
  const { unit, zone } = profile;
  const bucket = wanted ?? replayInput.collectedThrough;
  const explanation = await runCooperatively(explainCooperatively(replayInput, profile, watch, bucket));
  if (!explanation)
    throw new InputError(
      `the history of ${watch.id} does not contain ${bucketName(bucket, unit)}. It contains the ${historySpan(unit) / WEEK} weeks up to ${bucketName(replayInput.collectedThrough, unit)} (UTC)`,
    );
  const { sends, missing } = await sendsBefore(bucket, watch.series, zone, context);
  const sent = { ...(sends.length > 0 && { sends }), ...(missing.length > 0 && { missing }) };
  return { explanation: { ...explanation, ...sent }, unit, zone };
}

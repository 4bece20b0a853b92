import { timingOf } from "../../series/due.ts";
import { firstLook, learnIngestionDelay } from "../../series/ingestion-delay.ts";
import { seriesRef } from "../../series/series.ts";
import { endOf } from "../../time/calendar.ts";
import { type Bucket, MINUTE } from "../../time/time.ts";
import type { Context } from "../context.ts";

/** A read later than this was itself late and says nothing about when the bucket arrived. */
const PUNCTUAL = 5 * MINUTE;

/** Learns the ingestion delay from a bucket that was missing at the last read, or present at the first. */
export async function recordIngestionDelay(
  seriesId: string,
  bucket: Bucket,
  { ingestionDelays, progress, timing, clock, profiles }: Context,
): Promise<void> {
  const { unit, zone } = (await profiles())(seriesId);
  const end = endOf(bucket, unit, zone);
  const first = firstLook(seriesId, timingOf(seriesRef(seriesId), timing));
  const delay = clock() - end;
  const [known, collected] = await Promise.all([ingestionDelays.of(seriesId), progress.of(seriesId)]);
  const wasAskedBefore = collected?.notBefore !== undefined && collected.notBefore > end;
  const isFirstLook = delay < first + PUNCTUAL;
  if (!wasAskedBefore && !isFirstLook) return;
  await ingestionDelays.save(seriesId, learnIngestionDelay(known, isFirstLook ? first : delay));
}

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
  const first = firstLook(seriesId, timingOf(seriesRef(seriesId), timing));
  const now = clock();
  const [profileOf, known, collected] = await Promise.all([
    profiles(),
    ingestionDelays.of(seriesId),
    progress.of(seriesId),
  ]);
  const { unit, zone } = profileOf(seriesId);
  const end = endOf(bucket, unit, zone);
  const delay = now - end;
  const wasAskedBefore = collected?.notBefore !== undefined && collected.notBefore > end;
  const isFirstLook = delay < first + PUNCTUAL;
  if (!wasAskedBefore && !isFirstLook) return;
  const learned = learnIngestionDelay(known, isFirstLook ? first : delay);
  if (learned.usual !== known?.usual || learned.spread !== known.spread)
    await ingestionDelays.save(seriesId, learned);
}

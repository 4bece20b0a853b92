import type { Timing } from "../../series/due.ts";
import { firstLook, learnArrival } from "../../series/ingestion-delay.ts";
import { endOf } from "../../time/calendar.ts";
import { type Bucket, MINUTE } from "../../time/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Profiles } from "../ports/profiles.ts";
import type { ArrivalStore, ProgressStore } from "../ports/series.ts";

export interface ArrivalDeps {
  readonly arrivals: Pick<ArrivalStore, "of" | "save">;
  readonly progress: Pick<ProgressStore, "of">;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly profiles: Profiles;
}

/** A look later than this was late itself, and tells nothing of when Braze had the bucket. */
const PUNCTUAL = 5 * MINUTE;

/** Learns how long after its end Braze had a bucket, which it did not have when last asked, or had at first sight. */
export async function noteArrival(
  seriesId: string,
  bucket: Bucket,
  { arrivals, progress, timing, clock, profiles }: ArrivalDeps,
): Promise<void> {
  const { unit, zone } = (await profiles())(seriesId);
  const end = endOf(bucket, unit, zone);
  const first = firstLook(seriesId, timing);
  const delay = clock() - end;
  const [known, standing] = await Promise.all([arrivals.of(seriesId), progress.of(seriesId)]);
  const wasAskedBefore = standing?.notBefore !== undefined && standing.notBefore > end;
  const isFirstLook = delay < first + PUNCTUAL;
  if (!wasAskedBefore && !isFirstLook) return;
  await arrivals.save(seriesId, learnArrival(known, isFirstLook ? first : delay));
}

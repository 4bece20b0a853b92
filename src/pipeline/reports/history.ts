import type { SeriesProfile } from "../../detector/detector.ts";
import { InputError } from "../../errors.ts";
import { brazeMetricOf } from "../../metrics/metrics.ts";
import { mustBackfillWait } from "../../series/api-quota.ts";
import { historySpan, timingOf, watermark } from "../../series/due.ts";
import { partsOf, ratioHistory } from "../../series/ratio.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import { bucketsBetween, type Instant, MINUTE, stepOf } from "../../time/time.ts";
import { replayInputOf } from "../actions/feedback.ts";
import type { Context } from "../context.ts";
import type { Past, PastReader } from "../ports/braze.ts";

/** How long a preview's data is reused, so that Braze is not asked at every choice in a form. */
const FRESH_FOR = 10 * MINUTE;
const MOST_KEPT = 20;

interface Kept {
  readonly at: Instant;
  readonly past: Promise<Past>;
}

/** Reads from the store, or else from Braze. Stores nothing, since nobody watches the series yet. */
export function pastReader({
  source,
  timing,
  clock,
  quotas,
  workspaces,
  ...context
}: Pick<
  Context,
  "series" | "exclusions" | "source" | "timing" | "clock" | "quotas" | "workspaces"
>): PastReader {
  const kept = new Map<string, Kept>();

  /** Histories wait while their pool has just enough for the newest hours of what is watched. */
  async function refuseShort({ workspace, metric }: SeriesRef): Promise<void> {
    const { pool } = brazeMetricOf({ ...(metric && { metric }) });
    const left = await quotas.of(workspace, pool, clock());
    const reserve = workspaces.find(({ name }) => name === workspace)?.quotaReserve ?? 0;
    if (left && mustBackfillWait(left, reserve, pool))
      throw new InputError(
        "there is no preview now: the requests for purchases that are left in this hour are kept for what is watched. Try again in the next hour, or save the watch as it is",
      );
  }

  async function fromBraze(ref: SeriesRef, { unit, zone }: SeriesProfile): Promise<Past> {
    await refuseShort(ref);
    const last = watermark(clock(), timingOf(ref, timing).evaluationDelay, unit, zone);
    const first = last - historySpan(unit) + stepOf(unit);
    const points = await source.points(ref, first, last);
    const counts = new Map(points.map(({ bucket, value }) => [bucket, value]));
    const values = bucketsBetween(first, last, unit).map((bucket) => counts.get(bucket));
    return { history: { first, values } };
  }

  const read: PastReader = async (ref, profile) => {
    const id = seriesId(ref);
    const stored = await replayInputOf(id, context);
    if (stored) return stored;
    const parts = partsOf(ref);
    if (parts) {
      const [over, under] = await Promise.all(parts.map((part) => read(part, profile)));
      return { history: ratioHistory(over!.history, under!.history, ref.unit) };
    }
    const known = kept.get(id);
    if (known && clock() - known.at < FRESH_FOR) return known.past;
    const past = fromBraze(ref, profile);
    kept.delete(id);
    kept.set(id, { at: clock(), past });
    if (kept.size > MOST_KEPT) kept.delete([...kept.keys()][0]!);
    // After a failure the next choice asks again.
    past.catch(() => kept.get(id)?.past === past && kept.delete(id));
    return past;
  };
  return read;
}

import { type BrazeControl, simulatedBraze } from "../../simulator/braze/simulated-braze.ts";
import { encodeState, newState, observe, type Reading } from "../../src/detector/detector.ts";
import { metricOf } from "../../src/metrics/metrics.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import { defaultTiming, historySpan, watermark } from "../../src/series/due.ts";
import { partsOf } from "../../src/series/ratio.ts";
import { type Point, type SeriesRef, seriesId } from "../../src/series/series.ts";
import { type Bucket, bucketsBetween, DAY, HOUR, type Hour, stepOf, WEEK } from "../../src/time/time.ts";
import { zoneOffset } from "../../src/time/zone.ts";
import { type Fleet, targetOf, zoneThatEndsWith } from "./fleet.ts";

/** How many series are written at once. */
const AT_ONCE = 50;

/** Of days the newest weeks are invented, which takes the longest; the weeks before repeat the oldest of them. */
const INVENTED_DAYS = 8 * WEEK;

/** Writes what Redis would hold after 90 days: history, what was learned, the journal, the audit, the usual delays. */
export async function fill(stores: Stores, { watches, workspace }: Fleet, through: Hour): Promise<void> {
  const pastOf = pasts(simulatedBraze(workspace).control, through);
  const write = async (i: number) => {
    const watch = watches[i]!;
    const id = seriesId(watch.series);
    const { points, state, last } = pastOf(watch.series);
    await stores.watches.save({ ...watch, createdAt: through - 90 * DAY });
    // A ratio has no history but those of its parts.
    if (!watch.series.per) await stores.series.write(id, points, points[0]!.bucket, last);
    await stores.series.saveState(id, state, 0);
    await stores.progress.save(id, { evaluatedThrough: last, collectedThrough: last });
    await stores.ingestionDelays.save(id, { usual: 900_000, spread: 40_000 });
    const { unit } = watch.series;
    const evaluated = bucketsBetween(last - 90 * DAY + stepOf(unit), last, unit);
    await stores.journal.record(
      watch.id,
      evaluated.map((bucket) => ({ bucket, verdict: "normal" as const })),
    );
  };
  for (let i = 0; i < watches.length; i += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, watches.length - i) }, (_, j) => write(i + j)));
}

/** The past of each series as Braze would tell it; all segments of an app have the same. */
function pasts(braze: BrazeControl, through: Hour) {
  const known = new Map<string, ReturnType<typeof pastOf>>();
  const pastOf = (series: SeriesRef) => {
    const { unit } = series;
    // The day that ends with the next hour is the one that is due.
    const zone = unit === "hour" ? "UTC" : zoneThatEndsWith(through + HOUR);
    const last = watermark(through + HOUR, 0, unit, zone);
    const points = pointsOf(braze, series, last, zone);
    const savedAt = unit === "hour" ? last - defaultTiming.trailing : last - DAY;
    const state = newState({ unit, zone, kind: metricOf(series).kind });
    for (const point of points) if (point.bucket <= savedAt) observe(state, point.bucket, readingOf(point));
    return { points, last, state: { through: savedAt, bytes: encodeState(state) } };
  };
  return (series: SeriesRef) => {
    const { segment, ...rest } = series;
    const key = `${segment ? "segment " : ""}${seriesId(rest)}`;
    if (!known.has(key)) known.set(key, pastOf(series));
    return known.get(key)!;
  };
}

const readingOf = ({ value, denominator }: Point): Reading =>
  denominator === undefined ? value : { value, denominator };

function pointsOf(braze: BrazeControl, series: SeriesRef, last: Bucket, zone: string): Point[] {
  const { unit } = series;
  const first = last - historySpan(unit) + stepOf(unit);
  const invented = Math.max(first, last - INVENTED_DAYS + DAY);
  if (unit === "day" && first < invented) {
    const newest = pointsBetween(braze, series, [invented, last], zone);
    const oldest = newest.slice(0, WEEK / DAY);
    const repeated = bucketsBetween(first, invented - DAY, unit).map((bucket) => {
      const weeks = Math.ceil((invented - bucket) / WEEK);
      return { ...oldest[(bucket + weeks * WEEK - invented) / DAY]!, bucket };
    });
    return [...repeated, ...newest];
  }
  return pointsBetween(braze, series, [first, last], zone);
}

function pointsBetween(
  braze: BrazeControl,
  series: SeriesRef,
  [first, last]: readonly [Bucket, Bucket],
  zone: string,
): Point[] {
  const [over, under] = partsOf(series) ?? [series];
  return bucketsBetween(first, last, series.unit).map((bucket) => {
    const value = sumIn(braze, over, bucket, zone);
    if (!under) return { bucket, value };
    const denominator = sumIn(braze, under, bucket, zone);
    return { bucket, value: value / Math.max(1, denominator), denominator };
  });
}

function sumIn(braze: BrazeControl, series: SeriesRef, bucket: Bucket, zone: string): number {
  const from = bucket - (series.unit === "hour" ? 0 : zoneOffset(zone, bucket));
  const hours = stepOf(series.unit) / HOUR;
  const values = Array.from({ length: hours }, (_, i) => braze.value(targetOf(series), from + i * HOUR));
  const sum = values.reduce((total, value) => total + value, 0);
  return metricOf(series).kind === "money" ? Math.round(100 * sum) / 100 : Math.round(sum);
}

import { type Evidence, newState, observe, type Reading } from "../../src/detector/detector.ts";
import type { Parameters } from "../../src/detector/parameters.ts";
import type { NumberKind } from "../../src/metrics/metric.ts";
import { type Bucket, stepOf, type Unit } from "../../src/time/time.ts";

/** One line of the exam: a series in the order in which its points arrived. */
export interface ExamSeries {
  readonly series: string;
  readonly tz: string;
  /** What its numbers are. @default "count" */
  readonly kind?: NumberKind;
  /** @default "hour" */
  readonly unit?: Unit;
  /** The index of the first point to evaluate; what comes before is history. */
  readonly start: number;
  readonly points: readonly ExamPoint[];
}

interface ExamPoint {
  readonly time: string;
  /** What was counted. */
  readonly sessions?: number;
  /** The same of another metric than sessions. */
  readonly value?: number;
  /** Set where the point was read before its hour was over; a later one with the same time corrects it. */
  readonly observed_at?: string;
}

/**
 * Context of each hour as its point arrives, from the first to evaluate on.
 * @param country whose holidays count, where not those of the zone; "" for none.
 */
export function evidenceOf(
  { tz, kind, unit = "hour", start, points }: ExamSeries,
  { parameters, country }: { readonly parameters?: Parameters; readonly country?: string } = {},
): Evidence[] {
  const state = newState({
    unit,
    ...(kind && { kind }),
    zone: tz,
    ...(country !== undefined && { country }),
  });
  const from = bucketOf(points[start]!.time, unit);
  const evidence: Evidence[] = [];
  for (const [hour, reading] of readingsOf(points, unit)) {
    const seen = observe(state, hour, reading, parameters);
    if (hour >= from) evidence.push(seen);
  }
  return evidence;
}

/** The bucket of a time: a day by its UTC date. */
const bucketOf = (time: string, unit: Unit): Bucket =>
  Math.floor(Date.parse(time) / stepOf(unit)) * stepOf(unit);

/** Each hour once, with its first complete reading; one not completed before the next hour came is partial. */
function readingsOf(points: readonly ExamPoint[], unit: Unit): Map<Bucket, Reading> {
  const readings = new Map<Bucket, Reading>();
  let latest: Bucket = Number.NEGATIVE_INFINITY;
  for (const { time, value, sessions = value ?? Number.NaN, observed_at } of points) {
    const hour = bucketOf(time, unit);
    latest = Math.max(latest, hour);
    if (hour === latest && typeof readings.get(hour) !== "number")
      readings.set(hour, observed_at === undefined ? sessions : "partial");
  }
  return readings;
}

import { type Evidence, type SeriesProfile, verdictOf } from "../detector/detector.ts";
import { beganAt, type Incident } from "../incidents/incident.ts";
import type { Measured } from "../metrics/metrics.ts";
import { type Rules, titleNames, type Watch } from "../settings/watch.ts";
import { type Bucket, bucketsBetween, stepOf, type Unit } from "../time/time.ts";
import {
  type ChartChange,
  type ChartData,
  type ChartIncident,
  type ChartPoint,
  type ChartSpan,
  runsOf,
} from "./chart.ts";
import { type ReplayInput, replayCooperatively } from "./replay.ts";
import { type CooperativeTask, runAtOnce } from "./slices.ts";

/** Which part of a series a chart shows, and what is marked in it. */
export interface ChartFrame extends ChartSpan {
  readonly title: readonly string[];
  readonly series?: Measured;
  readonly incidents: readonly ChartIncident[];
  readonly isHoliday: (bucket: Bucket) => boolean;
  /** @default none */
  readonly changes?: readonly ChartChange[];
  /** The rules of the watch whose expected range is shown. */
  readonly rules: Rules;
}

/** The frame of a watch's chart over a span, in which these incidents are marked. */
export const frameOf = (
  watch: Watch,
  span: ChartSpan,
  incidents: readonly Incident[],
  isHoliday: ChartFrame["isHoliday"],
) => ({
  ...span,
  title: titleNames(watch),
  series: watch.series,
  incidents: incidents.map((incident) => ({
    direction: incident.direction,
    from: beganAt(incident),
    to: incident.lastAnomalousBucket,
  })),
  isHoliday,
  rules: watch,
});

/** How much an alert's chart shows at least, before the incident, and at most, in buckets. */
const REACH = {
  hour: { least: 72, before: 24, most: 336 },
  day: { least: 42, before: 14, most: 182 },
} as const;

/** The span of an incident's chart: its last days, and the days before for comparison. */
export function spanOf(incident: Pick<Incident, "began" | "openedAt" | "lastBucket">, unit: Unit): ChartSpan {
  const step = stepOf(unit);
  const { lastBucket } = incident;
  const { least, before, most } = REACH[unit];
  const from = Math.min(lastBucket - (least - 1) * step, beganAt(incident) - before * step);
  return { from: Math.max(from, lastBucket - (most - 1) * step), to: lastBucket };
}

/** The chart of a stretch of a stored series: the counts, and the expected range as of each hour. */
export const chartOf = (stored: ReplayInput, profile: SeriesProfile, frame: ChartFrame): ChartData =>
  runAtOnce(chartCooperatively(stored, profile, frame));

/** The same in slices. */
export function* chartCooperatively(
  stored: ReplayInput,
  profile: SeriesProfile,
  frame: ChartFrame,
): CooperativeTask<ChartData> {
  const { unit, zone } = profile;
  const step = stepOf(unit);
  const { first, values } = stored.history;
  const from = Math.max(frame.from, first);
  const to = Math.min(frame.to, first + (values.length - 1) * step);
  const { evidence } = yield* replayCooperatively(stored, profile, from, from - step);
  const seen = new Map(evidence.map((each) => [each.bucket, each]));
  const points = bucketsBetween(from, to, unit).map((bucket) =>
    pointOf(bucket, values[(bucket - first) / step], seen.get(bucket), frame.rules),
  );
  const { title, series, incidents, isHoliday } = frame;
  const changes = (frame.changes ?? []).filter(({ time }) => time >= from && time < to + step);
  const holidays = runsOf(
    points.map(({ bucket }) => bucket),
    isHoliday,
  );
  return {
    title,
    ...(series && { series }),
    unit,
    zone,
    points,
    incidents: incidents.filter((i) => i.to >= from && i.from <= to),
    holidays,
    ...(changes.length > 0 && {
      changes: changes.map(({ name, time, isSend }) => ({ name, time, ...(isSend && { isSend }) })),
    }),
  };
}

/** A bucket with the expected range that a watch with these rules had at the time. */
export function pointOf(
  bucket: Bucket,
  observed: number | undefined,
  evidence: Evidence | undefined,
  rules: Rules,
): ChartPoint {
  const counted = { bucket, ...(observed !== undefined && { observed }) };
  const verdict = evidence && verdictOf(evidence, rules);
  if (!verdict || verdict.kind === "not-evaluated") return counted;
  const { expected, low, high } = verdict.score;
  return { ...counted, expected, low, ...(high !== undefined && { high }) };
}

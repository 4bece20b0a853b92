import { isPlanned } from "../series/planned-events.ts";
import { dayKindOf, restDayOf, weekCellOf } from "../time/calendar.ts";
import type { Bucket, Unit } from "../time/time.ts";
import type { SeriesProfile } from "./state/profile.ts";

/** How a series repeats, and over how many buckets things are measured. */
export interface Seasonality {
  /** The length of the season in buckets: the 168 hours of the week, or its 7 days. */
  readonly period: number;
  /** Buckets of a day; those at the same place in the day share a scale. */
  readonly perDay: number;
  /** Look-back windows, in buckets. */
  readonly windows: readonly number[];
  /** How many buckets a series must have been known for before it is evaluated: a week, or three for days. */
  readonly warmUp: number;
  /** Over how many buckets a new level is measured. */
  readonly levelWindow: number;
  /** An outlier that has lasted for so many buckets is a changepoint: the new level is accepted. */
  readonly changepointAfter: number;
  /** Over how many buckets the share of known buckets is measured. */
  readonly coverageWindow: number;
}

const hourly: Seasonality = {
  period: 168,
  perDay: 24,
  windows: [1, 3, 6, 12, 24],
  warmUp: 168,
  levelWindow: 24,
  changepointAfter: 72,
  coverageWindow: 48,
};

const daily: Seasonality = {
  period: 7,
  perDay: 1,
  windows: [1, 2, 3, 7],
  warmUp: 21,
  levelWindow: 7,
  changepointAfter: 14,
  coverageWindow: 14,
};

/** The seasonality of a series of hours or of days; both repeat with the week. */
export const seasonalityOf = (unit: Unit): Seasonality => (unit === "hour" ? hourly : daily);

/** Where a bucket stands in the calendar of its series. */
export interface CalendarPosition {
  /** Hour of the week, 0 (Monday 00:00) to 167 by the clock of the zone; day of the week, 0 to 6, for days. */
  readonly season: number;
  /** The same time of the day on the place's day of rest. */
  readonly restSeason: number;
  /** Whether it belongs to a public holiday, its eve, a day between one and a weekend, or a planned event. */
  readonly holiday: boolean;
}

/** Where a bucket stands in the week of the series' zone, and in its calendar. */
export function calendarPositionOf(
  bucket: Bucket,
  { unit, zone, country, events }: SeriesProfile,
): CalendarPosition {
  const season = weekCellOf(bucket, unit, zone);
  const { perDay } = seasonalityOf(unit);
  return {
    season,
    restSeason: restDayOf(zone, country) * perDay + (season % perDay),
    holiday: dayKindOf(bucket, unit, zone, country) !== "ordinary" || isPlanned(bucket, unit, zone, events),
  };
}

/** The hours before and after one in the week, which resemble it; a day of the week has no such neighbours. */
export const neighboursOf = (season: number, period: number): readonly number[] =>
  period > 7 ? [(season + 1) % period, (season + period - 1) % period] : [];

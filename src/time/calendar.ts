import { isEve, isHoliday, weekendOf } from "./holidays.ts";
import { type Bucket, DAY, HOUR, hourOf, type Instant, type Unit, WEEK } from "./time.ts";
import { localInstant, zoneOffset } from "./zone.ts";

/** Days since 1970 fell on a Thursday; weeks are counted from Monday. */
const THURSDAY = 3;

/** The calendar day a bucket belongs to by the clock of its zone, in days since 1970. */
export const localDay = (bucket: Bucket, unit: Unit, zone: string): number =>
  // A day bucket is named by the UTC midnight of its date.
  Math.floor((unit === "day" ? bucket : bucket + zoneOffset(zone, bucket)) / DAY);

/** The bucket at the same time by the clock of the zone so many weeks before, also across a change of clocks. */
export function weeksBefore(bucket: Bucket, weeks: number, unit: Unit, zone: string): Bucket {
  const before = bucket - weeks * WEEK;
  return unit === "day" ? before : before + zoneOffset(zone, bucket) - zoneOffset(zone, before);
}

/**
 * The bucket an instant falls in: a UTC hour, or the day that it is by the clock of the zone.
 * @example bucketAt(Date.UTC(2026, 5, 15, 22), "day", "Europe/Berlin"); // => Date.UTC(2026, 5, 16)
 */
export const bucketAt = (instant: Instant, unit: Unit, zone: string): Bucket =>
  unit === "hour" ? hourOf(instant) : localDay(instant, "hour", zone) * DAY;

/** When a bucket is over: a day ends by the clock of its zone. */
export const endOf = (bucket: Bucket, unit: Unit, zone: string): Instant =>
  unit === "hour" ? bucket + HOUR : localInstant(zone, bucket + DAY);

/**
 * The hour of the week (0: Monday 00:00) or the day of the week (0: Monday) by the clock of a zone. An hour that the
 * clock skips has no cell; one that comes twice has the same cell twice.
 * @example weekCellOf(Date.UTC(2026, 5, 16, 12), "hour", "UTC"); // => 36, a Tuesday at 12:00
 */
export function weekCellOf(bucket: Bucket, unit: Unit, zone: string): number {
  if (unit === "day") return weekdayOf(Math.floor(bucket / DAY));
  const local = bucket + zoneOffset(zone, bucket);
  return weekdayOf(Math.floor(local / DAY)) * 24 + (Math.floor(local / HOUR) % 24);
}

/** The day of the week (0: Monday) of a day since 1970. */
export const weekdayOf = (day: number): number => (day + THURSDAY) % 7;

/**
 * A `bridge` is a working day between a public holiday and a weekend; on an `eve` a holiday begins in the evening, as those
 * of the Jewish and the Islamic calendar do.
 */
export type DayKind = "ordinary" | "holiday" | "eve" | "bridge";

const kinds = new Map<string, Map<number, DayKind>>();

/** How many days of a place are cached: more than are used together, so that the cache does not grow for ever. */
const DAYS = 800;

/** What kind of day of the place a bucket falls on. */
export function dayKindOf(bucket: Bucket, unit: Unit, zone: string, country?: string): DayKind {
  const place = country ?? zone;
  const day = localDay(bucket, unit, zone);
  const days = kinds.get(place) ?? new Map<number, DayKind>();
  kinds.set(place, days);
  const known = days.get(day);
  if (known) return known;
  if (days.size >= DAYS) days.clear();
  const kind = lookUp(day, zone, country);
  days.set(day, kind);
  return kind;
}

function lookUp(day: number, zone: string, country: string | undefined): DayKind {
  const isOff = (other: number) => isHoliday(other, zone, country);
  const weekend = weekendOf(zone, country);
  const isWeekend = (other: number) => weekend.includes(weekdayOf(other));
  if (isOff(day)) return "holiday";
  if (isEve(day, zone, country)) return "eve";
  const bridges =
    !isWeekend(day) && ((isWeekend(day - 1) && isOff(day + 1)) || (isOff(day - 1) && isWeekend(day + 1)));
  return bridges ? "bridge" : "ordinary";
}

/**
 * The day of the week (0: Monday) on which people of a place rest most, the last of its weekend, whose shape a holiday
 * may have.
 * @example restDayOf("Asia/Jerusalem"); // => 5, a Saturday
 */
export const restDayOf = (zone: string, country?: string): number => weekendOf(zone, country).at(-1)!;

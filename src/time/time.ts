/** A moment, in UTC milliseconds since 1970. */
export type Instant = number;

/** The first instant of a UTC hour, in UTC milliseconds. */
export type Hour = number;

/** How wide the buckets of a series are. */
export type Unit = "hour" | "day";

/**
 * The first instant of a bucket, in UTC milliseconds. A day bucket is named by the UTC midnight of its
 * calendar date, whatever the zone the day was counted in.
 */
export type Bucket = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** How far apart the buckets of a unit lie, in milliseconds. */
export const stepOf = (unit: Unit): number => (unit === "hour" ? HOUR : DAY);

/** The UTC hour an instant falls in. */
export const hourOf = (instant: Instant): Hour => Math.floor(instant / HOUR) * HOUR;

/**
 * Names an hour for ids and logs.
 * @example hourName(Date.UTC(2026, 5, 16, 12)); // => "2026-06-16T12"
 */
export const hourName = (hour: Hour): string => new Date(hour).toISOString().slice(0, 13);

/** Names a bucket: an hour as `2026-06-16T12`, a day as `2026-06-16`. */
export const bucketName = (bucket: Bucket, unit: Unit): string =>
  new Date(bucket).toISOString().slice(0, unit === "hour" ? 13 : 10);

/** Every bucket from `from` to `to`, both included. */
export function bucketsBetween(from: Bucket, to: Bucket, unit: Unit): Bucket[] {
  const step = stepOf(unit);
  const count = Math.max(0, Math.floor((to - from) / step) + 1);
  return Array.from({ length: count }, (_, i) => from + i * step);
}

import { type Bucket, DAY, HOUR, type Instant, MINUTE, stepOf, type Unit } from "../../time/time.ts";
import { zoneOffset } from "../../time/zone.ts";
import type { Window } from "./client.ts";

/** The most buckets that most endpoints give at once. */
export const MAX_LENGTH = 100;

/**
 * How many buckets before `from` to read as well: they show that Braze's history continues there, and tell the two
 * hours of a doubled one apart.
 */
const MARGIN = 12;

/**
 * The request for buckets `from` to `to`, or the newest of them that one answer holds. It ends in the bucket after `to`, unless that
 * is in the future, so that it does not matter whether Braze includes the bucket of `ending_at`.
 */
export function windowFor(
  from: Bucket,
  to: Bucket,
  now: Instant,
  unit: Unit,
  zone: string,
  longest = MAX_LENGTH,
): Window {
  const step = stepOf(unit);
  const inside = unit === "hour" ? to + step + 40 * MINUTE : noonOf(to + DAY, zone);
  const endingAt = insideBucket(Math.min(inside, now));
  // Two more than counted: a bucket may begin before its name says, and the last one may be left out.
  const length = Math.ceil((endingAt - from) / step) + 2 + MARGIN;
  return { endingAt, length: Math.max(1, Math.min(longest, length)) };
}

/** The newest bucket. */
export const newestWindow = (now: Instant): Window => ({ endingAt: insideBucket(now), length: 1 });

/**
 * Five minutes past a quarter: every zone's offset is a whole number of quarters, so this is never on the edge of a
 * bucket, where it is unclear which neighbour Braze means.
 */
const insideBucket = (instant: Instant): Instant =>
  Math.floor((instant - 5 * MINUTE) / (15 * MINUTE)) * 15 * MINUTE + 5 * MINUTE;

const noonOf = (date: Bucket, zone: string): Instant => date + 12 * HOUR - zoneOffset(zone, date + 12 * HOUR);

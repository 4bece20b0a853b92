import { localDay, weekdayOf } from "../time/calendar.ts";
import { DAY, HOUR, type Instant } from "../time/time.ts";
import { localInstant } from "../time/zone.ts";
import type { Period } from "./totals.ts";

/** When the weekly review is posted: a weekday (0: Monday) and a time of day, in milliseconds after midnight. */
export interface ReviewTime {
  readonly weekday: number;
  readonly timeOfDay: number;
}

export const defaultReviewTime: ReviewTime = { weekday: 0, timeOfDay: 9 * HOUR };

/**
 * The seven full days to review, for a day from the time at which the review is due; one missed for longer is skipped.
 * `notifiedOn` is the day it was due, since it is posted once.
 */
export function reviewDue(
  now: Instant,
  { weekday, timeOfDay }: ReviewTime,
  zone: string,
): { readonly period: Period; readonly notifiedOn: string } | undefined {
  const today = localDay(now, "hour", zone);
  const day = [today, today - 1].find(
    (candidate) => weekdayOf(candidate) === weekday && localInstant(zone, candidate * DAY + timeOfDay) <= now,
  );
  if (day === undefined || now >= localInstant(zone, (day + 1) * DAY + timeOfDay)) return undefined;
  const midnight = (local: number) => localInstant(zone, local * DAY);
  const notifiedOn = new Date(day * DAY).toISOString().slice(0, 10);
  return { period: { from: midnight(day - 7), to: midnight(day) }, notifiedOn };
}

/** The last seven full days before an instant, by the clock of a zone. */
export function lastWeek(now: Instant, zone: string): Period {
  const today = localDay(now, "hour", zone);
  return { from: localInstant(zone, (today - 7) * DAY), to: localInstant(zone, today * DAY) };
}

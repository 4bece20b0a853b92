import { localDay, weekdayOf } from "../time/calendar.ts";
import { DAY, type Instant, MINUTE } from "../time/time.ts";
import { localInstant } from "../time/zone.ts";

/** The hours in which a watch posts nothing, by the clock of its series' zone. */
export interface QuietHours {
  /** Their start, in minutes after midnight. */
  readonly from: number;
  /** Their end, in minutes after midnight; on the next day unless later than `from`. */
  readonly to: number;
  /** The weekdays on which they start (0: Monday); left out: every day. */
  readonly days?: readonly number[];
  /** Whether critical incidents wait for their end, too. */
  readonly critical: boolean;
}

/**
 * When the present quiet hours end; undefined outside of quiet hours. A time that comes twice as clocks go back is the
 * first of the two.
 */
export function quietUntil(quiet: QuietHours, now: Instant, zone: string): Instant | undefined {
  const today = localDay(now, "hour", zone);
  const ends = [today - 1, today]
    .filter((day) => quiet.days?.includes(weekdayOf(day)) ?? true)
    .filter((day) => at(day, quiet.from, zone) <= now)
    .map((day) => at(quiet.to > quiet.from ? day : day + 1, quiet.to, zone));
  const end = Math.max(...ends);
  return now < end ? end : undefined;
}

const at = (day: number, minutes: number, zone: string): Instant =>
  localInstant(zone, day * DAY + minutes * MINUTE);

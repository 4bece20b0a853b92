import { type Bucket, DAY, HOUR, type Instant, type Unit, WEEK } from "../../time/time.ts";
import { zoneOffset } from "../../time/zone.ts";

/** A place on the time axis with its label; a strong one begins a day. */
export interface TimeTick {
  readonly at: Instant;
  readonly label: string;
  readonly isStrong: boolean;
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** 1970 began on a Thursday; weeks are counted from Monday. */
const FIRST_MONDAY = 4 * DAY;
const STEPS = [
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  WEEK,
  2 * WEEK,
  4 * WEEK,
  13 * WEEK,
];

/** At most `most` ticks between two instants, at round times by the clock of a zone, whatever that clock does. */
export function timeTicks(from: Instant, to: Instant, unit: Unit, zone: string, most: number): TimeTick[] {
  const offset = (at: Instant) => (unit === "day" ? 0 : zoneOffset(zone, at));
  const step =
    STEPS.find((each) => (unit === "hour" || each >= DAY) && (to - from) / each <= most) ?? 52 * WEEK;
  const origin = step >= WEEK ? FIRST_MONDAY : 0;
  const first = Math.ceil((from + offset(from) - origin) / step) * step + origin;
  const ticks: TimeTick[] = [];
  for (let clock = first; ; clock += step) {
    // Twice, since the first guess may lie on the other side of a change of clocks.
    const at = clock - offset(clock - offset(clock));
    if (at > to) return ticks;
    if (at >= from) ticks.push({ at, label: labelOf(clock, step), isStrong: clock % DAY === 0 });
  }
}

function labelOf(clock: Instant, step: number): string {
  const date = new Date(clock);
  if (clock % DAY !== 0) return date.toISOString().slice(11, 16);
  return step < WEEK
    ? `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()}`
    : `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** Whose clock the axis follows: `Berlin time`. */
export const clockName = (zone: string): string =>
  zone.includes("/") ? `${zone.split("/").at(-1)!.replaceAll("_", " ")} time` : zone;

/** Where a bucket stands on the axis: in the middle of the time it counts. */
export const middleOf = (bucket: Bucket, step: number): Instant => bucket + step / 2;

import { weeksBefore } from "../time/calendar.ts";
import { type Bucket, DAY, HOUR, type Instant, MINUTE, WEEK } from "../time/time.ts";
import { zoneOffset } from "../time/zone.ts";
import { SEND_REACH, type Send } from "./sends.ts";

/** A send that went out at the same time of the weeks before, and not this time. */
export interface MissingSend extends Pick<Send, "id" | "name" | "kind"> {
  /** When it was to be expected. */
  readonly due: Instant;
  /** In how many of the last four weeks it went out at this time. */
  readonly weeks: number;
}

/** Of which time it is certain what was scheduled. */
export interface CalendarKnown {
  /** From here on the calendar was read at least once a day. */
  readonly since: Instant;
  readonly lastRead: Instant;
}

/** How far ahead the calendar of sends is read at least: it is read each hour, and a refusal may last some hours. */
export const CALENDAR_AHEAD = DAY;

const WEEKS = 4;

/** In so many of them it has to have gone out. */
const USUAL = 3;

/** By so much a send may be early or late and still be the same hour's. */
const NEARLY = 90 * MINUTE;

/**
 * What did not go out shortly before the end of an hour though it did in three of the last four weeks, last week
 * included, at this time by the clock of a zone. One that goes out within a day of it was moved. Where the calendar was
 * not read, nothing is said: unknown is not missing.
 * @param known undefined where the calendar was never read
 */
export function missingSends(
  hour: Bucket,
  zone: string,
  sends: readonly Send[],
  known: CalendarKnown | undefined,
): MissingSend[] {
  const newest = new Map<string, Send>();
  for (const send of sends) {
    const due = weekAfter(send.time, zone);
    if (due >= hour - SEND_REACH.hour && due < hour + HOUR) newest.set(send.id, send);
  }
  return [...newest.values()].flatMap(({ id, name, kind, time }) => {
    const due = weekAfter(time, zone);
    const isKnown = known && due >= known.since && due <= known.lastRead + CALENDAR_AHEAD;
    const its = sends.filter((send) => send.id === id);
    const goesOut = (at: Instant, within: number) => its.some((send) => Math.abs(send.time - at) <= within);
    const weeks = Array.from({ length: WEEKS }, (_, i) => weeksBefore(due, i + 1, "hour", zone)).filter(
      (at) => goesOut(at, NEARLY),
    ).length;
    return isKnown && weeks >= USUAL && !goesOut(due, DAY) ? [{ id, name, kind, due, weeks }] : [];
  });
}

/** The same time a week later by the clock of a zone. */
function weekAfter(time: Instant, zone: string): Instant {
  const after = time + WEEK;
  return after + zoneOffset(zone, time) - zoneOffset(zone, after);
}

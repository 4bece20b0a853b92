import { weekdayOf } from "../../../core/calendar.ts";
import { DAY, HOUR, type Instant, MINUTE, WEEK } from "../../../core/time.ts";
import { localInstant, zoneOffset } from "../../../core/zone.ts";

/** A day as people name it. */
export type Day =
  /** In days since 1970. */
  | { readonly kind: "date"; readonly day: number }
  /** 0: Monday. */
  | { readonly kind: "weekday"; readonly weekday: number }
  | { readonly kind: "relative"; readonly days: -1 | 0 | 1 };

/** A moment as people name it: so far from now, or at a time of a day by a clock that is not named. */
export type Moment =
  | { readonly kind: "away"; readonly span: number }
  /** `minutes` after midnight; at least one of both is there. */
  | { readonly kind: "at"; readonly day?: Day; readonly minutes?: number };

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, w: WEEK };
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const RELATIVE = { yesterday: -1, today: 0, tomorrow: 1 } as const;

/** Reads a moment; undefined when it is none. @example readMoment("tomorrow 9:00") */
export function readMoment(text: string): Moment | undefined {
  const [, amount, unit] = /^-?(\d{1,4})\s?([mhdw])$/i.exec(text) ?? [];
  if (amount && unit) return { kind: "away", span: Number(amount) * UNITS[unit.toLowerCase()]! };
  const parts = text.replace(/^(\d{4}-\d\d-\d\d)T/, "$1 ").split(" ");
  if (parts.length > 2) return undefined;
  const [first = "", second] = parts;
  const day = readDay(first);
  if (!day) {
    const minutes = second === undefined ? readTime(first) : undefined;
    return minutes === undefined ? undefined : { kind: "at", minutes };
  }
  if (second === undefined) return { kind: "at", day };
  const minutes = readTime(second);
  return minutes === undefined ? undefined : { kind: "at", day, minutes };
}

/** Reads a day; undefined when it is none. @example readDay("Thu"); // => { kind: "weekday", weekday: 3 } */
export function readDay(text: string): Day | undefined {
  const word = text.toLowerCase();
  if (Object.hasOwn(RELATIVE, word))
    return { kind: "relative", days: RELATIVE[word as keyof typeof RELATIVE] };
  const weekday = WEEKDAYS.findIndex((name) => word.startsWith(name));
  if (weekday >= 0 && /^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?$/.test(word))
    return { kind: "weekday", weekday };
  if (!/^\d{4}-\d\d-\d\d$/.test(word)) return undefined;
  const instant = Date.parse(`${word}T00:00:00Z`);
  // 2026-02-30 would be read as a day in March.
  const isThere = new Date(instant || 0).toISOString().startsWith(`${word}T`);
  return isThere ? { kind: "date", day: instant / DAY } : undefined;
}

/** Reads a time of day, in minutes after midnight; undefined when it is none. @example readTime("9:30"); // => 570 */
export function readTime(text: string): number | undefined {
  const [, hours, minutes = "00"] = /^(\d{1,2})(?::(\d\d))?h?$/i.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 24 || Number(minutes) > 59) return undefined;
  const all = Number(hours) * 60 + Number(minutes);
  return all <= 24 * 60 ? all : undefined;
}

/** Writes a moment so that `readMoment` reads it back. */
export function printMoment(moment: Moment): string {
  if (moment.kind === "at") {
    const { day, minutes } = moment;
    return [day && printDay(day), minutes !== undefined && printTime(minutes)].filter(Boolean).join(" ");
  }
  const [unit, length] = Object.entries(UNITS).findLast(([, ms]) => moment.span % ms === 0)!;
  return `${moment.span / length}${unit}`;
}

/** Writes a day so that `readDay` reads it back. */
export function printDay(day: Day): string {
  if (day.kind === "date") return new Date(day.day * DAY).toISOString().slice(0, 10);
  if (day.kind === "weekday") return WEEKDAYS[day.weekday]!;
  return Object.keys(RELATIVE)[day.days + 1]!;
}

/** Writes a time of day so that `readTime` reads it back. */
export const printTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** By which clock a moment is meant, and whether it is to come or past. */
export interface Clockwork {
  readonly now: Instant;
  /** IANA zone. */
  readonly zone: string;
  readonly toward: "future" | "past";
}

/** The instant that is meant. @param otherwise the minutes after midnight where no time was named */
export function instantOf(moment: Moment, otherwise: number, clockwork: Clockwork): Instant {
  const { now, zone, toward } = clockwork;
  const sign = toward === "future" ? 1 : -1;
  if (moment.kind === "away") return now + sign * moment.span;
  const { day, minutes = otherwise } = moment;
  const at = (date: number) => localInstant(zone, date * DAY + minutes * MINUTE);
  const today = todayIn(zone, now);
  // A time alone is the next such time, or the last.
  if (!day) return (at(today) - now) * sign > 0 ? at(today) : at(today + sign);
  if (day.kind !== "weekday") return at(dateOf(day, clockwork));
  const date = dateOf(day, clockwork);
  return (at(date) - now) * sign > 0 ? at(date) : at(date + 7 * sign);
}

/** The date that is meant, in days since 1970; a weekday is the next, or the last, today included. */
export function dateOf(day: Day, { now, zone, toward }: Clockwork): number {
  const today = todayIn(zone, now);
  if (day.kind === "date") return day.day;
  if (day.kind === "relative") return today + day.days;
  const ahead = (day.weekday - weekdayOf(today) + 7) % 7;
  return toward === "future" ? today + ahead : today - ((7 - ahead) % 7);
}

const todayIn = (zone: string, now: Instant): number => Math.floor((now + zoneOffset(zone, now)) / DAY);

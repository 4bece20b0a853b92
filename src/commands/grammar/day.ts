import { InputError } from "../../errors.ts";
import { weekdayOf } from "../../time/calendar.ts";
import { DAY } from "../../time/time.ts";
import { readWhole, tidied } from "./time-words.ts";

/** The side of now on which a named time lies. */
export type Direction = "future" | "past";

/** Which occurrence of a day is meant, if stated: `next friday` is the Friday of next week. */
export type Which = "this" | "next" | "last";

/** A day as people name it. */
export type Day =
  /** In days since 1970. */
  | { readonly kind: "date"; readonly day: number }
  /** 0: Monday. */
  | { readonly kind: "weekday"; readonly weekday: number; readonly which?: Which }
  /** A day of any year; 1: January. */
  | { readonly kind: "yearly"; readonly month: number; readonly date: number; readonly weekday?: number }
  /** In days from today. */
  | { readonly kind: "relative"; readonly days: number };

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;
const RELATIVE: Readonly<Record<string, number>> = {
  "day before yesterday": -2,
  yesterday: -1,
  today: 0,
  tomorrow: 1,
  tmrw: 1,
  tomorow: 1,
  "day after tomorrow": 2,
};
const WEEKDAY = /^(mon|tues?|wed(?:s|nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?$/;

/** Reads a weekday, 0: Monday; undefined for other text. */
export function readWeekday(word: string): number | undefined {
  const [, name] = WEEKDAY.exec(word.toLowerCase().replace(/\.$/, "")) ?? [];
  const weekday = WEEKDAYS.findIndex((known) => name?.startsWith(known));
  return weekday < 0 ? undefined : weekday;
}

/**
 * Reads a day; undefined when it is none. Throws InputError where it can be two.
 * @example readDay("Thu"); // => { kind: "weekday", weekday: 3 }
 */
export function readDay(text: string): Day | undefined {
  const words = tidied(text).replace(/^the /, "");
  if (Object.hasOwn(RELATIVE, words)) return { kind: "relative", days: RELATIVE[words]! };
  return weekdayIn(words) ?? numericDay(words) ?? namedDay(words);
}

function weekdayIn(words: string): Day | undefined {
  const [, before, name = "", after] =
    /^(?:(this|next|last|past|coming) )?([a-z]+\.?)(?: (this|next) week)?$/.exec(words) ??
    /^(this|next) week (?:on )?([a-z]+)$/.exec(words) ??
    [];
  const weekday = readWeekday(name);
  if (weekday === undefined || (before && after)) return undefined;
  const which = after ?? before;
  if (which === undefined || which === "coming") return { kind: "weekday", weekday };
  return { kind: "weekday", weekday, which: which === "past" ? "last" : (which as Which) };
}

/** A numeric date: year first; with dots the day first; with slashes either order. */
function numericDay(words: string): Day | undefined {
  const [, ...iso] = /^(\d{4})([-/.])(\d\d?)\2(\d\d?)$/.exec(words) ?? [];
  if (iso.length > 0) return dateIn(Number(iso[0]), Number(iso[2]), Number(iso[3]));
  const [, first, mark, second, years] = /^(\d\d?)([./-])(\d\d?)\2(\d{4}|\d\d)$/.exec(words) ?? [];
  if (!years) return undefined;
  const [a, b, year] = [Number(first), Number(second), Number(years) + (years.length === 2 ? 2_000 : 0)];
  if (mark === ".") return dateIn(year, b, a);
  const readings = [dateIn(year, a, b), dateIn(year, b, a)].flatMap((day) => day ?? []);
  if (readings.length > 1 && a !== b)
    throw new InputError(`"${words}" can mean ${readings.map(printDay).join(" or ")}. Type the one you mean`);
  return readings[0];
}

function dateIn(year: number, month: number, date: number): Day | undefined {
  const instant = Date.UTC(year, month - 1, date);
  const read = new Date(instant);
  // 2026-02-30 would be read as a day in March.
  const isThere = year >= 1_000 && read.getUTCMonth() === month - 1 && read.getUTCDate() === date;
  return isThere ? { kind: "date", day: instant / DAY } : undefined;
}

/** A date with a month name, and optionally its weekday and year: `Tue, 16 Jun`, `July 3rd 2026`. */
function namedDay(words: string): Day | undefined {
  const [, before, rest = words] = /^([a-z]+)\.? (?:the )?(.+)$/.exec(words) ?? [];
  const weekday = before && readWeekday(before);
  const text = (weekday === undefined || weekday === "" ? words : rest)
    .replace(/\bof /, "")
    .replace(/\bsept\b/, "sep");
  // Other phrases that the library understands, such as "now" or "3 days ago", are not dates.
  if (!/\d/.test(text) || !MONTHS.some((month) => new RegExp(`\\b${month}`).test(text)))
    return numericWith(weekday, text);
  const found = readWhole(text);
  if (!found?.isCertain("month") || !found.isCertain("day") || found.isCertain("hour")) return undefined;
  const [month, date] = [found.get("month")!, found.get("day")!];
  if (!dateIn(2_000, month, date)) return undefined;
  const day: Day | undefined = found.isCertain("year")
    ? dateIn(found.get("year")!, month, date)
    : { kind: "yearly", month, date, ...(typeof weekday === "number" && { weekday }) };
  return day && checkedBy(weekday, day);
}

const numericWith = (weekday: number | "" | undefined, text: string): Day | undefined => {
  const day = typeof weekday === "number" ? numericDay(text) : undefined;
  return day && checkedBy(weekday, day);
};

/** Throws InputError when a date does not fall on the stated weekday. */
function checkedBy(weekday: number | "" | undefined, day: Day): Day {
  if (typeof weekday === "number" && day.kind === "date" && weekdayOf(day.day) !== weekday)
    throw new InputError(
      `${printDay(day)} is a ${nameOf(weekdayOf(day.day))}, not a ${nameOf(weekday)}. Type the date you mean`,
    );
  return day;
}

const nameOf = (weekday: number): string =>
  ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]!;

/** Writes a day so that `readDay` reads it back. */
export function printDay(day: Day): string {
  switch (day.kind) {
    case "date":
      return new Date(day.day * DAY).toISOString().slice(0, 10);
    case "weekday":
      return `${day.which ? `${day.which} ` : ""}${WEEKDAYS[day.weekday]}`;
    case "yearly":
      return `${day.weekday === undefined ? "" : `${WEEKDAYS[day.weekday]} `}${day.date} ${MONTHS[day.month - 1]}`;
    case "relative":
      return Object.entries(RELATIVE).find(([, days]) => days === day.days)![0];
  }
}

/** A date without a year that is this close on the other side of today may be meant as well. */
const NEAR = 31;

/**
 * The date that is meant, in days since 1970, by a clock on which today is `today`; a weekday is the next, or the last,
 * today included. Throws InputError where the year has to be said.
 */
export function dateOf(day: Day, today: number, toward: Direction): number {
  switch (day.kind) {
    case "date":
      return day.day;
    case "relative":
      return today + day.days;
    case "weekday":
      return weekdayDate(day.weekday, day.which, today, toward);
    case "yearly":
      return yearlyDate(day, today, toward);
  }
}

function weekdayDate(weekday: number, which: Which | undefined, today: number, toward: Direction): number {
  const monday = today - weekdayOf(today);
  if (which === "this") return monday + weekday;
  if (which === "next") return monday + 7 + weekday;
  if (which === "last") return monday + weekday < today ? monday + weekday : monday + weekday - 7;
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return toward === "future" ? today + ahead : today - ((7 - ahead) % 7);
}

function yearlyDate(day: Extract<Day, { kind: "yearly" }>, today: number, toward: Direction): number {
  const year = new Date(today * DAY).getUTCFullYear();
  const dates = Array.from({ length: 17 }, (_, i) => dateIn(year - 8 + i, day.month, day.date)).flatMap(
    (found) =>
      found?.kind === "date" && (day.weekday === undefined || weekdayOf(found.day) === day.weekday)
        ? [found.day]
        : [],
  );
  const [next, last] = [dates.find((date) => date >= today), dates.findLast((date) => date <= today)];
  const [meant, other] = toward === "future" ? [next, last] : [last, next];
  if (meant === undefined || (day.weekday !== undefined && Math.abs(meant - today) > 366))
    throw new InputError(
      `"${printDay(day)}" is far from today. Type the date with its year, for example 2026-11-24`,
    );
  if (
    meant !== today &&
    other !== undefined &&
    Math.abs(other - today) < NEAR &&
    Math.abs(meant - today) > 366 - NEAR
  )
    throw new InputError(
      `"${printDay(day)}" can mean ${[last!, next!].map((date) => printDay({ kind: "date", day: date })).join(" or ")}. Type the one you mean`,
    );
  return meant;
}

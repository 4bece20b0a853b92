import { InputError } from "../../errors.ts";
import { DAY, HOUR, type Instant, MINUTE, WEEK } from "../../time/time.ts";
import { localInstant, localInstants, zoneOffset } from "../../time/zone.ts";
import { isBare, printTime, readTime } from "./clock.ts";
import { type Day, type Direction, dateOf, printDay, readDay } from "./day.ts";
import { readDuration, tidied } from "./time-words.ts";

/** An instant as people name it: relative to now, or as a local time of day. */
export type Moment =
  /** Before or after now as stated; otherwise on the side that makes sense. */
  | { readonly kind: "away"; readonly span: number; readonly side?: Direction }
  /** `minutes` after midnight; at least one of both is set. `offset` is the stated offset from UTC in minutes. */
  | { readonly kind: "at"; readonly day?: Day; readonly minutes?: number; readonly offset?: number };

/**
 * Reads an instant; undefined for other text. Throws InputError when it is ambiguous.
 * @example readMoment("tomorrow 9:00")
 */
export function readMoment(text: string): Moment | undefined {
  const [, preposition = "", words = ""] =
    /^((?:(?:until|till?|through|thru|by|at|on|since|from|for) )*)(.*)$/.exec(tidied(text)) ?? [];
  const isUntil = /^(?:until|till?|through|thru|by) $/.test(preposition);
  const isFor = preposition === "for ";
  if (isBare(words) && !preposition.endsWith("at ")) refuseBare(words, isUntil);
  const [, hours, minutes] =
    /^(\d{1,2})\s?h\s?(\d\d)?$/.exec(words) ?? /^(\d{1,2}):(\d\d)\s?h$/.exec(words) ?? [];
  if (hours && !isFor && (minutes || preposition !== ""))
    return clockOf(hours, minutes, preposition, isUntil);
  return awayIn(words) ?? (isFor ? undefined : atIn(words));
}

/** A single number cannot be guessed, unless only one hour of the clock has that name. */
function refuseBare(number: string, isUntil: boolean): void {
  if (isUntil && Number(number) > 12 && Number(number) <= 24) return;
  const hour = Number(number) <= 24 ? [printTime(Number(number) * 60)] : [];
  const readings = isUntil
    ? [...hour, ...(Number(number) <= 12 ? [`${number}pm`] : [])]
    : [`${number}h`, `${number}m`, ...hour];
  throw new InputError(`"${number}" can mean ${readings.join(" or ")}. Type the one you mean`);
}

/** `17h30` and `until 17h` are times of day; `1h30` and `until 4h` may be a time of day or a duration. */
function clockOf(
  hours: string,
  minutes: string | undefined,
  preposition: string,
  isUntil: boolean,
): Moment | undefined {
  const time = readTime(`${hours}:${minutes ?? "00"}`);
  if (time === undefined) return undefined;
  const isEarly = Number(hours) <= 12;
  if (isEarly && (minutes ? preposition === "" : isUntil)) {
    const length = minutes ? `${hours}h${minutes}m` : `for ${hours}h`;
    throw new InputError(
      `"${preposition}${hours}h${minutes ?? ""}" can mean ${length} or until ${printTime(time)}. Type the one you mean`,
    );
  }
  return { kind: "at", minutes: time };
}

function awayIn(words: string): Moment | undefined {
  const [, sign, before, span = "", after] =
    /^(-?)(?:(in|last|past) )?(.*?)(?: (ago|back|earlier|from now))?$/.exec(words) ?? [];
  const length = readDuration(before === "in" || !before ? span : span.replace(/^(?=[a-z])/, "1 "));
  if (length === undefined) return undefined;
  const isPast = (after !== undefined && after !== "from now") || before === "last" || before === "past";
  const isFuture = before === "in" || after === "from now";
  if (sign === "-" || !(isPast || isFuture)) return { kind: "away", span: length };
  return { kind: "away", span: length, side: isPast ? "past" : "future" };
}

/** A stated clock after a time: UTC, or an offset from it. */
const CLOCK = /^(.*\d.*?|noon) ?(?:(?:utc|gmt) ?([+-]\d{1,2})?(?::?(\d\d))?|z)$/;
const ISO = /^(\d{4}-\d\d-\d\d)[t ](\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?) ?(?:z|([+-]\d\d)(?::?(\d\d))?)?$/;

/** A day, a time, or both in either order, by the stated clock. */
function atIn(words: string): Moment | undefined {
  const iso = ISO.exec(words);
  const [, date = "", time = "", isoHours, isoMinutes] = iso ?? [];
  const named = CLOCK.exec(words);
  const [, rest = words, hours, minutes] = named ?? [];
  const plain = iso ? `${date} ${time.slice(0, 5)}` : rest.replace(/^(\d{4}-\d\d-\d\d)t(?=\d)/, "$1 ");
  const offset = iso
    ? isoHours
      ? offsetOf(isoHours, isoMinutes)
      : words.endsWith("z")
        ? 0
        : undefined
    : named && offsetOf(hours, minutes);
  const found = dayAndTime(plain);
  if (!found || offset === undefined || offset === null) return named && !found ? undefined : found;
  // A day is a date in any time zone.
  return found.minutes === undefined ? undefined : { ...found, offset };
}

const offsetOf = (hours = "+0", minutes = "0"): number =>
  (hours.startsWith("-") ? -1 : 1) * (Math.abs(Number(hours)) * 60 + Number(minutes));

/** The day, the time, or both of a text. Beside a day, the hour may be only a number. */
export function dayAndTime(text: string): Extract<Moment, { kind: "at" }> | undefined {
  const day = readDay(text);
  if (day) return { kind: "at", day };
  const alone = readTime(text);
  if (alone !== undefined) return { kind: "at", minutes: alone };
  const words = text.split(" ");
  for (let i = 1; i < words.length; i++) {
    const [first, second] = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
    const both =
      paired(first, second.replace(/^(?:at|from|between) /, "")) ?? paired(second.replace(/^on /, ""), first);
    if (both) return both;
  }
  return undefined;
}

function paired(dayText: string, timeText: string): Extract<Moment, { kind: "at" }> | undefined {
  const minutes = readTime(timeText);
  const day = minutes === undefined ? undefined : readDay(dayText);
  if (!day) return undefined;
  if (/midnight/.test(timeText))
    throw new InputError(
      `"${dayText} midnight" can be the beginning or the end of the day. Type ${dayText} 00:00 or ${dayText} 24:00`,
    );
  return { kind: "at", day, minutes: minutes! };
}

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, w: WEEK };

/** Writes an instant so that `readMoment` reads it back. */
export function printMoment(moment: Moment): string {
  if (moment.kind === "at") {
    const { day, minutes, offset } = moment;
    return [
      day && printDay(day),
      minutes !== undefined && printTime(minutes),
      offset !== undefined && `UTC${printOffset(offset)}`,
    ]
      .filter(Boolean)
      .join(" ");
  }
  const [unit, length] = Object.entries(UNITS).findLast(([, ms]) => moment.span % ms === 0)!;
  const span = `${moment.span / length}${unit}`;
  return moment.side === undefined ? span : moment.side === "past" ? `${span} ago` : `in ${span}`;
}

/** `+05:30`; empty for UTC. */
export const printOffset = (offset: number): string =>
  offset === 0 ? "" : `${offset < 0 ? "-" : "+"}${printTime(Math.abs(offset))}`;

/** The clock by which an instant is meant, and whether it lies ahead or in the past. */
export interface Clockwork {
  readonly now: Instant;
  /** IANA zone. */
  readonly zone: string;
  readonly toward: Direction;
}

/** The instant that is meant. @param otherwise the minutes after midnight when no time was named */
export function instantOf(moment: Moment, otherwise: number, clockwork: Clockwork): Instant {
  const { now, toward } = clockwork;
  if (moment.kind === "away") return now + ((moment.side ?? toward) === "future" ? 1 : -1) * moment.span;
  const { day, minutes = otherwise, offset } = moment;
  const sign = toward === "future" ? 1 : -1;
  const isMeant = (instant: Instant) => (instant - now) * sign > 0;
  const at = (date: number): Instant => {
    const local = date * DAY + minutes * MINUTE;
    if (offset !== undefined) return local - offset * MINUTE;
    const shown = localInstants(clockwork.zone, local);
    // When the clock is set back, the repeated hour that is still to come is meant, or the one just past.
    return (
      (toward === "future" ? shown : shown.toReversed()).find(isMeant) ?? localInstant(clockwork.zone, local)
    );
  };
  const today = todayBy(clockwork, offset);
  // A time alone means the next such time, or the last.
  if (!day) return isMeant(at(today)) ? at(today) : at(today + sign);
  const date = dateOf(day, today, toward);
  if (day.kind !== "weekday" || day.which) return at(date);
  return isMeant(at(date)) ? at(date) : at(date + 7 * sign);
}

/** Today's date in days since 1970, in the zone or at an offset in minutes ahead of UTC. */
export const todayBy = ({ now, zone }: Clockwork, offset?: number): number =>
  Math.floor((now + (offset === undefined ? zoneOffset(zone, now) : offset * MINUTE)) / DAY);

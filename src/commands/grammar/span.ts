import { DAY, HOUR, type Instant, MINUTE } from "../../time/time.ts";
import { localInstant } from "../../time/zone.ts";
import { isBare, printTime, readTime } from "./clock.ts";
import { type Day, dateOf, printDay, readDay } from "./day.ts";
import { type Clockwork, dayAndTime, printOffset, readMoment, todayBy } from "./moment.ts";
import { readDuration, tidied } from "./time-words.ts";

/** A range from one time of day to another; a `to` after midnight belongs to the day after `last`. */
export interface Span {
  readonly first: Day;
  /** Minutes after midnight. */
  readonly from: number;
  readonly last: Day;
  readonly to: number;
  /** The stated offset of the clock from UTC, in minutes. */
  readonly offset?: number;
}

const WHOLE_DAY = 24 * 60;

/** One end of a range: a day, a time, or both. */
interface End {
  readonly day?: Day;
  readonly minutes?: number;
  readonly offset?: number;
}

/**
 * Reads a range; undefined for other text: `Thu 18-21`, `2026-11-24 18:00-21:00`, `Jul 3` (the whole day),
 * `2026-12-10/2026-12-12`, `tomorrow from 9am to 11`, `2026-11-24 18:00 - 2026-11-25 03:00`. Throws InputError when it
 * is ambiguous.
 */
export function readSpan(text: string): Span | undefined {
  const words = tidied(text)
    .replace(/^(?:on|from|between|for) /, "")
    .replace(/ (?:all day|the whole day)$/, "")
    .replace(/(\d{4}-\d\d-\d\d)t(?=\d)/g, "$1 ");
  const day = readDay(words);
  if (day) return { first: day, from: 0, last: day, to: WHOLE_DAY };
  return lastingSpan(words) ?? splitSpan(words);
}

/** `Thu 18:00 for 3 hours`. */
function lastingSpan(words: string): Span | undefined {
  const [, begin = "", length = ""] = /^(.+) for (.+)$/.exec(words) ?? [];
  const span = readDuration(length);
  const end = endOf(begin);
  if (!span || span >= 24 * HOUR || !end?.day || end.minutes === undefined) return undefined;
  return spanOf(end, { ...end, minutes: (end.minutes + span / MINUTE) % WHOLE_DAY || WHOLE_DAY }, true);
}

/** The separators between the two ends of a range. The dashes and slashes of a date are not separators. */
const BETWEEN = /\s*\/\s*|\s*-\s*|\s+(?:to|until|till?|through|thru|and|bis)\s+/g;
const DATE = /\d{4}-\d\d-\d\d|\d\d?([/-])\d\d?\1(?:\d{4}|\d\d)(?!\d)/g;

function splitSpan(words: string): Span | undefined {
  const dates = [...words.matchAll(DATE)].map(({ index, 0: date }) => [index, index + date.length] as const);
  for (const { index, 0: mark } of words.matchAll(BETWEEN)) {
    if (dates.some(([from, to]) => index > from && index < to)) continue;
    const span = joined(words.slice(0, index), words.slice(index + mark.length), mark.includes("/"));
    if (span) return span;
  }
  return undefined;
}

function joined(left: string, right: string, isSlash: boolean): Span | undefined {
  if (isBare(left.split(" ").at(-1)!) || isBare(right.split(" ")[0]!)) {
    const days = sameMonth(left, right);
    if (days) return days;
  }
  const [first, last] = [endOf(withHalf(left, right)), endOf(right)];
  if (!first || !last || (isSlash && !isSlashed(first, last))) return undefined;
  return spanOf(first, last, !isBare(left) || !isBare(right));
}

/** A slash separates days, or days with times, but not hours. */
const isSlashed = (first: End, last: End): boolean =>
  first.minutes === undefined ? last.minutes === undefined : Boolean(first.day && last.day);

/** `Jul 3-5`, `3-5 July`: two days of one month. */
function sameMonth(left: string, right: string): Span | undefined {
  const [first, last] = isBare(left)
    ? [readDay(`${left} ${right.replace(/^\d\d?(?:st|nd|rd|th)? (?:of )?/, "")}`), readDay(right)]
    : isBare(right) && !isBare(left)
      ? [readDay(left), readDay(left.replace(/\b\d\d?(?:st|nd|rd|th)?\b(?!.*\b\d\d?\b)/, right))]
      : [];
  const isNamed = [first, last].every((day) => day?.kind === "yearly" || day?.kind === "date");
  const isNumeric = /\d[-/.]\d/.test(left);
  return isNamed && !isNumeric ? ordered({ day: first! }, { day: last! }) : undefined;
}

/** `9-11am` is from 9 am, `11-1pm` from 11 am. */
function withHalf(left: string, right: string): string {
  const [, half] = /^\d\d?(?:[:.]\d\d)?\s?([ap]m)\b/.exec(right) ?? [];
  const [, hour] = /(?:^| )(\d\d?(?:[:.]\d\d)?)$/.exec(left) ?? [];
  if (!half || !hour || Number.parseInt(hour, 10) > 12) return left;
  const [from, to] = [
    readTime(`${hour} ${half}`),
    readTime(right.split(" on ")[0]!.replace(/([ap]m).*$/, "$1")),
  ];
  const isBefore = from !== undefined && to !== undefined && from < to;
  return `${left} ${isBefore ? half : half === "pm" ? "am" : half}`;
}

/** One end of a range. The offset of a clock belongs to its time. */
function endOf(text: string): End | undefined {
  const words = text.replace(/^(?:from|at|on) /, "");
  const bare = dayAndTime(words);
  if (bare) return bare;
  const moment = isBare(words) ? undefined : readMoment(words);
  return moment?.kind === "at" ? moment : undefined;
}

function spanOf(first: End, last: End, isClear: boolean): Span | undefined {
  const offset = first.offset ?? last.offset;
  if (first.offset !== undefined && first.offset !== last.offset) return undefined;
  const clock = offset === undefined ? {} : { offset };
  if (first.minutes === undefined && last.minutes === undefined)
    return first.day && last.day ? ordered(first, last) : undefined;
  if (first.minutes === undefined || last.minutes === undefined) return undefined;
  if (first.day && last.day && printDay(first.day) !== printDay(last.day)) {
    const span = ordered(first, last);
    return span && { ...span, ...clock };
  }
  const day = first.day ?? last.day ?? (isClear ? ({ kind: "relative", days: 0 } as const) : undefined);
  const [from, to] = [first.minutes, last.minutes];
  if (!day || from === to || (first.day && last.day && to < from)) return undefined;
  return { first: day, from, last: day, to: to > from ? to : to + WHOLE_DAY, ...clock };
}

function ordered(first: End, last: End): Span | undefined {
  const [begin, end] = [first.day!, last.day!];
  const [from, to] = [first.minutes ?? 0, last.minutes ?? WHOLE_DAY];
  return isBackward(begin, end) || (printDay(begin) === printDay(end) && to <= from)
    ? undefined
    : { first: begin, from, last: end, to };
}

function isBackward(first: Day, last: Day): boolean {
  if (first.kind === "date" && last.kind === "date") return last.day < first.day;
  return first.kind === "relative" && last.kind === "relative" && last.days < first.days;
}

/** Whether a range has no times of day. */
export const isWholeDays = ({ from, to, offset }: Pick<Span, "from" | "to" | "offset">): boolean =>
  from === 0 && to === WHOLE_DAY && offset === undefined;

/** Writes a range so that `readSpan` reads it back. */
export function printSpan(span: Span): string {
  const { first, from, last, to, offset } = span;
  const [begin, end] = [printDay(first), printDay(last)];
  if (isWholeDays(span)) return begin === end ? begin : `${begin}/${end}`;
  const clock = offset === undefined ? "" : ` UTC${printOffset(offset)}`;
  if (begin === end)
    return `${begin} ${printTime(from)}${clock} - ${printTime(to > WHOLE_DAY ? to - WHOLE_DAY : to)}${clock}`;
  return `${begin} ${printTime(from)}${clock} - ${end} ${printTime(to)}${clock}`;
}

/**
 * The instants that are meant: from the first up to but not including the second. A weekday is the next or the last.
 */
export function instantsOf(
  { first, from, last, to, offset }: Span,
  clockwork: Clockwork,
): [Instant, Instant] {
  const today = todayBy(clockwork, offset);
  const begin = dateOf(first, today, clockwork.toward);
  // `Fri - Mon` ends on the Monday after that Friday, `27 Dec - 2 Jan` in the year after.
  const end =
    printDay(first) === printDay(last)
      ? begin
      : last.kind === "weekday" || last.kind === "yearly"
        ? dateOf(last, begin, "future")
        : dateOf(last, today, clockwork.toward);
  const at = (date: number, minutes: number): Instant => {
    const local = date * DAY + minutes * MINUTE;
    return offset === undefined ? localInstant(clockwork.zone, local) : local - offset * MINUTE;
  };
  return [at(begin, from), at(end, to)];
}

import { DAY, type Instant, MINUTE } from "../../../core/time.ts";
import { localInstant } from "../../../core/zone.ts";
import { type Clockwork, type Day, dateOf, printDay, printTime, readDay, readTime } from "./moment.ts";

/** From one time of a day to another, as people name it; `to` beyond midnight belongs to the day after `last`. */
export interface Span {
  readonly first: Day;
  /** Minutes after midnight. */
  readonly from: number;
  readonly last: Day;
  readonly to: number;
}

const WHOLE_DAY = 24 * 60;

/**
 * Reads a span; undefined when it is none: `Thu 18-21`, `2026-11-24 18:00-21:00`, `2026-11-24` (the whole day),
 * `2026-12-10/2026-12-12`, `2026-11-24 18:00 - 2026-11-25 03:00`.
 */
export function readSpan(text: string): Span | undefined {
  const plain = text
    .replace(/[–—]/g, "-")
    .replace(/(\d)\s*h\b/gi, "$1")
    .replace(/(\d{4}-\d\d-\d\d)T/g, "$1 ")
    .replace(/\s+(?:to|until|till|-)\s+/gi, " ")
    .trim();
  const parts = plain.split(/\s+/);
  if (parts.length === 1) return readDays(parts[0]!);
  if (parts.length === 2) return readHours(parts[0]!, parts[1]!) ?? ordered(parts[0]!, "0", parts[1]!, "24");
  if (parts.length === 4) return ordered(parts[0]!, parts[1]!, parts[2]!, parts[3]!);
  return parts.length === 3 ? readHours(parts[0]!, `${parts[1]}-${parts[2]}`) : undefined;
}

function readDays(text: string): Span | undefined {
  const [from = "", to = from, ...more] = text.split("/");
  return more.length > 0 ? undefined : ordered(from, "0", to, "24");
}

function readHours(date: string, hours: string): Span | undefined {
  const day = readDay(date);
  const [from, to, ...more] = hours.split("-").map(readTime);
  if (!day || from === undefined || to === undefined || more.length > 0 || from === to) return undefined;
  return { first: day, from, last: day, to: to > from ? to : to + WHOLE_DAY };
}

function ordered(firstDay: string, begin: string, lastDay: string, end: string): Span | undefined {
  const [first, last] = [readDay(firstDay), readDay(lastDay)];
  const [from, to] = [readTime(begin), readTime(end)];
  if (!first || !last || from === undefined || to === undefined) return undefined;
  return isBackward(first, last) || (printDay(first) === printDay(last) && to <= from)
    ? undefined
    : { first, from, last, to };
}

function isBackward(first: Day, last: Day): boolean {
  if (first.kind === "date" && last.kind === "date") return last.day < first.day;
  return first.kind === "relative" && last.kind === "relative" && last.days < first.days;
}

/** Writes a span so that `readSpan` reads it back. */
export function printSpan({ first, from, last, to }: Span): string {
  const [begin, end] = [printDay(first), printDay(last)];
  if (from === 0 && to === WHOLE_DAY) return begin === end ? begin : `${begin}/${end}`;
  if (begin === end) return `${begin} ${printTime(from)}-${printTime(to > WHOLE_DAY ? to - WHOLE_DAY : to)}`;
  return `${begin} ${printTime(from)} - ${end} ${printTime(to)}`;
}

/** The instants that are meant: from the first to before the second; a weekday is the next, or the last. */
export function instantsOf({ first, from, last, to }: Span, clockwork: Clockwork): [Instant, Instant] {
  const { zone } = clockwork;
  const begin = dateOf(first, clockwork);
  // `Fri - Mon` ends on the Monday after that Friday.
  const named = printDay(first) === printDay(last) ? begin : dateOf(last, clockwork);
  const end = last.kind === "weekday" && named < begin ? named + 7 : named;
  return [localInstant(zone, begin * DAY + from * MINUTE), localInstant(zone, end * DAY + to * MINUTE)];
}

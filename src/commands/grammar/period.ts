import { InputError } from "../../errors.ts";
import type { Instant } from "../../time/time.ts";
import { type Clockwork, instantOf, type Moment, printMoment, readMoment } from "./moment.ts";
import { CHANNEL } from "./setting-values.ts";
import { shortened } from "./shortened.ts";
import { instantsOf, isWholeDays, printSpan, readSpan, type Span } from "./span.ts";
import { type Following, type Syntax, textOf, timeBegins } from "./syntax.ts";
import { tidied } from "./time-words.ts";

/** A range of time: as one phrase, or from one instant to another, of which one may be left out. */
export type Period = Span | Between;

/** From one instant to another. */
export interface Between {
  readonly since?: Moment;
  readonly until?: Moment;
}

/**
 * Reads a range of time; undefined for other text: `Thu 18-21`, `since 7d until 1d`, `from 7d to 1d`. Throws InputError
 * when it is ambiguous.
 */
export function readPeriod(text: string): Period | undefined {
  const words = tidied(text);
  return /^(?:since|until) /.test(words) ? between(words) : (readSpan(text) ?? between(words));
}

/** Reads a range of time with both ends; undefined for other text. */
export function readWholePeriod(text: string): Period | undefined {
  const period = readPeriod(text);
  return period && ("first" in period || (period.since && period.until)) ? period : undefined;
}

function between(words: string): Between | undefined {
  const [, since, until] =
    /^from (.+) to (.+)$/.exec(words) ?? /^(?:since (.+?)(?= until |$))? ?(?:until (.+))?$/.exec(words) ?? [];
  const [first, last] = [since, until].map((text) => (text === undefined ? undefined : readMoment(text)));
  if ((since !== undefined && !first) || (until !== undefined && !last) || !(first || last)) return undefined;
  return { ...(first && { since: first }), ...(last && { until: last }) };
}

/** Writes a range of time so that `readPeriod` reads it back. */
export const printPeriod = (period: Period): string =>
  "first" in period
    ? printSpan(period)
    : Object.entries(period)
        .map(([word, moment]) => `${word} ${printMoment(moment)}`)
        .join(" ");

/** The instants that are meant; undefined where one was left out. The second is not part of the range. */
export const boundsOf = (
  period: Period,
  clockwork: Clockwork,
): readonly [from: Instant | undefined, to: Instant | undefined] =>
  "first" in period
    ? instantsOf(period, clockwork)
    : [
        period.since && instantOf(period.since, 0, clockwork),
        period.until && instantOf(period.until, 0, clockwork),
      ];

/** A time after a name; may be left out. */
export const momentAfterName: Following<{ readonly at?: Moment }> = {
  begins: (words) => timeBegins(words, readMoment),
  read: (words) => (words.length === 0 ? {} : { at: momentOf(textOf(words)) }),
  print: ({ at }) => (at ? [printMoment(at)] : []),
};

/** A range of time after a name. */
export const periodAfterName: Following<{ readonly period: Period }> = {
  begins: (words) => timeBegins(words, readPeriod),
  read: (words) => ({ period: periodOf(textOf(words)) }),
  print: ({ period }) => [printPeriod(period)],
};

/** A range of time, or only its beginning, after a name; may be left out. */
export const sinceAfterName: Following<{ readonly period?: Period }> = {
  begins: (words) => timeBegins(words, readSince),
  read: (words) => (words.length === 0 ? {} : { period: sinceOf(textOf(words)) }),
  print: ({ period }) => (period ? [printPeriod(period)] : []),
};

/** Reads a range of time, or only its beginning; undefined for other text. */
export function readSince(text: string): Period | undefined {
  if (/^(?:since|until) /i.test(text)) return readPeriod(text);
  const span = readSpan(text);
  // `2026-06-10 08:00-12:00` is no time by a clock behind UTC; a day alone is a beginning.
  if (span && !isWholeDays(span) && !/^\d{4}-\d\d-\d\dt/i.test(text)) return span;
  const since = readMoment(text);
  return since ? { since } : readPeriod(text);
}

function sinceOf(text: string): Period {
  const period = readSince(text);
  if (!period) momentOf(text);
  return period!;
}

/** Reads a time. Throws InputError for other text. */
export function momentOf(text: string): Moment {
  const moment = readMoment(text);
  if (!moment)
    throw new InputError(
      `"${shortened(text.replace(/^(until|till?|for|since|at)\s+/i, ""))}" is not a time. Examples: 4h, tomorrow 9:00, 2026-11-24 09:00`,
    );
  return moment;
}

function periodOf(text: string): Period {
  const period = readPeriod(text);
  if (!period)
    throw new InputError(
      text === ""
        ? "from when to when?"
        : `"${shortened(text)}" is not a time range. Examples: Thu 18-21, 2026-11-24 18:00-21:00`,
    );
  return period;
}

/** A channel and a range of time, or only its beginning; each may be left out. */
export const channelThenSince: Syntax<{ readonly channel?: string; readonly period?: Period }> = {
  read(words) {
    const [first, ...rest] = words;
    const [, channel = ""] = /^(?:channel:)?(.*)$/is.exec(first?.text ?? "") ?? [];
    return CHANNEL.test(channel) ? { channel, ...sinceAfterName.read(rest) } : sinceAfterName.read(words);
  },
  print: ({ channel, ...since }) => [...(channel ? [channel] : []), ...sinceAfterName.print(since)],
};

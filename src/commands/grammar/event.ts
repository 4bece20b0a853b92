import { InputError } from "../../errors.ts";
import { isBare } from "./clock.ts";
import { readDay, readWeekday } from "./day.ts";
import { type Period, printPeriod, readWholePeriod } from "./period.ts";
import { shortened } from "./shortened.ts";
import { named, needed, nothingMore, type Syntax, textOf } from "./syntax.ts";
import { inQuotes, quoted, type Word } from "./words.ts";

/** What is to be done with planned events. */
export type EventOrder =
  | { readonly act: "list" }
  | { readonly act: "remove"; readonly event: string }
  | ({ readonly act: "plan"; readonly name: string; readonly period: Period } & TypedScope);

/** The app and the workspace that a command names. */
export interface TypedScope {
  readonly app?: string;
  readonly workspace?: string;
}

const removed = named("event", "which event? See its id in `/tidewatch event list`");

/** The words after `event`: an act, or at once a name and a range of time. */
export const eventOrder: Syntax<EventOrder> = {
  read([first, ...rest]) {
    const act = first?.isQuoted ? "" : (first?.text.toLowerCase() ?? "list");
    if (act === "list") {
      nothingMore(rest);
      return { act };
    }
    if (act === "remove") return { act, ...removed.read(rest) };
    return planOf(act === "plan" || act === "add" ? rest : [first!, ...rest]);
  },
  print(order) {
    if (order.act === "list") return ["list"];
    if (order.act === "remove") return ["remove", ...removed.print(order)];
    const { name, period } = order;
    return ["plan", inQuotes(name), printPeriod(period), ...scopePrinted(order)];
  },
};

/** A name, a time range at the end, and optionally an app and a workspace. */
function planOf(words: readonly Word[]): EventOrder {
  const { plain, ...scope } = scopeTyped(words);
  const begins = beginningOfPeriod(plain);
  if (begins === undefined)
    throw new InputError(
      plain.length < 2
        ? "which event, and when?"
        : `"${shortened(textOf(plain.slice(plain[0]!.isQuoted ? 1 : Math.max(1, plain.length - 2))))}" is not a time range. Example: Thu 18-21`,
    );
  const name = needed("which event, and when?", textOf(plain.slice(0, begins))).trim();
  const period = readWholePeriod(textOf(plain.slice(begins)))!;
  return { act: "plan", name, period, ...scope };
}

const SCOPE = /^(app|workspace):./is;

/** The app and the workspace among words, and the other words. */
export function scopeTyped(words: readonly Word[]): TypedScope & { readonly plain: readonly Word[] } {
  const [app, workspace] = [scopeValue("app", words), scopeValue("workspace", words)];
  const plain = words.filter(({ text, isQuoted }) => isQuoted || !SCOPE.test(text));
  return { plain, ...(app && { app }), ...(workspace && { workspace }) };
}

/** Writes them so that `scopeTyped` reads them back. */
export const scopePrinted = ({ app, workspace }: TypedScope): string[] => [
  ...(app === undefined ? [] : [`app:${quoted(app)}`]),
  ...(workspace === undefined ? [] : [`workspace:${quoted(workspace)}`]),
];

function scopeValue(key: "app" | "workspace", words: readonly Word[]): string | undefined {
  const found = words.filter(
    ({ text, isQuoted }) => !isQuoted && SCOPE.exec(text)?.[1]?.toLowerCase() === key,
  );
  if (found.length > 1) throw new InputError(`name at most one ${key}`);
  return found[0]?.text.slice(key.length + 1);
}

/**
 * The index where the longest trailing time range begins that is not part of the name. Quoted words always belong to
 * the name.
 */
function beginningOfPeriod(words: readonly Word[]): number | undefined {
  const lastQuoted = words.findLastIndex(({ isQuoted }) => isQuoted);
  for (let i = Math.max(1, lastQuoted + 1); i < words.length; i++) {
    const period = readWholePeriod(textOf(words.slice(i)));
    if (!period || (lastQuoted < 0 && isWeekdayOfName(words, i))) continue;
    if (lastQuoted < i - 1 || lastQuoted < 0) refuseTwoReadings(words, i, period);
    return i;
  }
  return undefined;
}

/** Whether a word is the last of a name, as in "Black Friday 2026-07-03": a full weekday before a date. */
function isWeekdayOfName(words: readonly Word[], i: number): boolean {
  const word = words[i]!.text;
  if (readWeekday(word) === undefined || !/day$/i.test(word) || i + 1 >= words.length) return false;
  const rest = textOf(words.slice(i + 1));
  return readWholePeriod(rest) !== undefined && startsWithDay(words.slice(i + 1));
}

/** Whether words begin with a day of their own, not with hours of the weekday before. */
const startsWithDay = (words: readonly Word[]): boolean =>
  words.some(
    (_, length) => dayIn(textOf(words.slice(0, length + 1))) || /^\d{4}-\d\d-\d\d[t/]/i.test(words[0]!.text),
  );

function dayIn(text: string): boolean {
  try {
    return readDay(text.split("/")[0]!) !== undefined;
  } catch (error) {
    if (error instanceof InputError) return true;
    throw error;
  }
}

/** Days whose name ends in a weekday. */
const NAMED_DAY =
  /\b(?:black|good|super|cyber|giving|easter|whit|palm|ash|maundy|shrove|holy|spy|fat|bright|travel|red|green|small business|singles|prime|funky|taco|casual|throwback|super bowl|blue|ruby) (?:mon|tues|wednes|thurs|fri|satur|sun)day$/i;

/** The date at the end of a name that is longer than the date. */
function dateAtEnd(words: readonly Word[]): string | undefined {
  const ends = [1, 2, 3]
    .filter((length) => length < words.length)
    .map((length) => textOf(words.slice(-length)));
  return ends.find((text) => /\d/.test(text) && dayIn(text));
}

/** Throws InputError when the words before and at the start of the range have a second reading. */
function refuseTwoReadings(words: readonly Word[], i: number, period: Period): void {
  const name = textOf(words.slice(0, i + 1));
  if (NAMED_DAY.test(name))
    throw new InputError(
      `"${shortened(name)}" can be the name, or end with the day. Put the name in quotes and type the date, for example "${shortened(name)}" 2026-11-27`,
    );
  const date = dateAtEnd(words.slice(0, i));
  if (date !== undefined)
    throw new InputError(
      `"${shortened(date)}" can be the end of the name or the beginning of the event. Put the name in quotes, or type ${shortened(date)} - ${shortened(textOf(words.slice(i)))}`,
    );
  // "Wave 2 July 3-5" is in July from the 3rd to the 5th, or on the 2nd from 3 to 5.
  const shorter =
    isBare(words[i]!.text) && words.length > i + 1 && readWholePeriod(textOf(words.slice(i + 1)));
  if (shorter && printPeriod(shorter) !== printPeriod(period))
    throw new InputError(
      `the number in "${shortened(name)}" can belong to the name or to the time. Put the name in quotes`,
    );
}

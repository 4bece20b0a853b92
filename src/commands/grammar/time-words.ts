import * as chrono from "chrono-node";
import { DAY, HOUR, MINUTE, WEEK } from "../../time/time.ts";

/**
 * Text about times in one spelling: lowercase, single spaces, one kind of dash, no hidden characters.
 * @example tidied("9:00\u202fA.M.") // => "9:00 am"
 */
export const tidied = (text: string): string =>
  text
    .replace(/(\d)\s?½/g, "$1.5")
    .replaceAll("½", "0.5")
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/[‐-―−]/g, "-")
    .toLowerCase()
    .replace(/\b([ap])\.\s?m\b\.?/g, "$1m")
    .replace(/,(?!\d)/g, " ")
    .replace(/\s+/g, " ")
    .replace(/[ .!?]+$/, "")
    .trim();

/** A day of a leap year, in which every date exists. */
const REFERENCE = { instant: new Date(Date.UTC(2000, 0, 3, 12)), timezone: 0 };
const NOON = REFERENCE.instant.getTime();

/** The time that a whole text means; undefined when the library leaves a part unread. */
export function readWhole(text: string): chrono.ParsedComponents | undefined {
  const [found, ...more] = chrono.en.casual.parse(text, REFERENCE);
  const isWhole = found?.index === 0 && found.text.length === text.length && !found.end && more.length === 0;
  return isWhole ? found.start : undefined;
}

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, w: WEEK };

/** A hundred years. A longer duration is a typing error. */
const LONGEST = 5_218 * WEEK;

/** Number notations before a unit that the library does not know. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/(\d),(\d)/g, "$1.$2"],
  [/\b(?:an?|one) hour and a half\b/g, "1.5 hours"],
  [/\b(?:an?|one) day and a half\b/g, "1.5 days"],
  [/\b(\d+) and a half\b/g, "$1.5"],
  [/\b(?:an?|one) quarter of an hour\b|\bquarter of an hour\b|\ba quarter hour\b/g, "15 minutes"],
  [/\bthree quarters of an hour\b/g, "45 minutes"],
  [/\bhalf a day\b/g, "12 hours"],
  [/\bhalf (?:an )?hour\b|\b0\.5 (?:an )?hour\b/g, "30 minutes"],
  [/\ba fortnight\b/g, "2 weeks"],
  [/(\d)\s?mins?\b/g, "$1 minutes"],
];

/**
 * Reads a duration in milliseconds; undefined for other text.
 * @example readDuration("1h30m"); // => 5_400_000
 */
export function readDuration(text: string): number | undefined {
  const [, amount, letter] = /^(\d{1,7})\s?([mhdw])$/.exec(text) ?? [];
  if (amount && letter) return shortEnough(Number(amount) * UNITS[letter]!);
  const spelt = SPELLINGS.reduce((words, [pattern, plain]) => words.replace(pattern, plain), text);
  // "may 3" and "last week" are not durations, and seconds do not matter.
  if (
    !/^(?:\d|an? |one |two |three |four |five |six |seven |eight |nine |ten |eleven |twelve |a couple |a few )/.test(
      spelt,
    )
  )
    return undefined;
  if (!/[a-z]$/.test(spelt) || /\bs(?:ec(?:ond)?s?)?$/.test(spelt)) return undefined;
  const found = readWhole(`in ${spelt.replace(/(\d)(?=[a-z])/g, "$1 ").replace(/([a-z])(?=\d)/g, "$1 ")}`);
  if (!found || !("date" in found)) return undefined;
  return shortEnough(Math.round((found.date().getTime() - NOON) / MINUTE) * MINUTE);
}

const shortEnough = (span: number): number | undefined => (span >= 0 && span <= LONGEST ? span : undefined);

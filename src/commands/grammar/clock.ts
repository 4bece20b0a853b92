import { readWhole, tidied } from "./time-words.ts";

const NOON = 12 * 60;

/**
 * Reads a time of day, in minutes after midnight; undefined when it is none. A number alone is the hour of a clock of 24.
 * @example readTime("9:30"); // => 570
 */
export function readTime(text: string): number | undefined {
  const words = tidied(text)
    .replace(/ o'?clock$/, "")
    .replace(/ (?:sharp|hours|uhr)$/, "");
  const [, hours, minutes = "00"] =
    /^(\d{1,2})(?:[:.](\d\d)(?::\d\d)?|h(\d\d))?\s?h?$/.exec(words.replace(/^(\d\d?)h(\d\d)$/, "$1:$2")) ??
    [];
  if (hours !== undefined) return minutesOf(Number(hours), Number(minutes));
  if (words === "midday") return NOON;
  if (words === "midnight") return 0;
  return wordTime(words);
}

function minutesOf(hours: number, minutes: number): number | undefined {
  const all = hours * 60 + minutes;
  return minutes < 60 && all <= 24 * 60 ? all : undefined;
}

/** A time with am or pm, or as a word: `5.30pm`, `noon`. */
function wordTime(words: string): number | undefined {
  if (!/^\d.*[ap]m?$|^noon$/.test(words)) return undefined;
  const found = readWhole(words);
  if (!found?.isCertain("hour")) return undefined;
  const isMore = (["day", "weekday", "timezoneOffset"] as const).some((part) => found.isCertain(part));
  return isMore ? undefined : minutesOf(found.get("hour")!, found.get("minute") ?? 0);
}

/** Whether a time is only a number, which may be a morning hour, an evening hour, or a number of hours. */
export const isBare = (text: string): boolean => /^\d{1,2}$/.test(text);

/** Writes a time of day so that `readTime` reads it back. */
export const printTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

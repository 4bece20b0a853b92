import { escaped } from "./escape.ts";

// Characters that end a line or change the reading direction. The zero-width joiner stays, because emoji need it.
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
// Slack draws a word between colons as an emoji. A word joiner keeps it a word.
const EMOJI = /:(?=[\w+'-]+:)/g;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * A name that somebody typed, fit for Slack's mrkdwn: a link, a mention or a format in it stays plain text, and it is
 * at most `max` characters long as Slack counts them, that is escaped.
 * @example safeName("R*beta*", 40); // => "R*beta*", with each * held fast by word joiners
 */
export function safeName(name: string, max: number): string {
  const clean =
    name.replace(UNSEEN, " ").replace(/\s+/g, " ").replace(EMOJI, ":\u2060").trim() || "(no name)";
  const short = shorten(
    Array.from(graphemes.segment(clean), ({ segment }) => harmless(segment)),
    max,
  );
  // A right-to-left name is isolated, so that it cannot reorder the numbers beside it.
  return RIGHT_TO_LEFT.test(short) ? `\u2068${short}\u2069` : short;
}

// Slack begins bold, italics and code only at the edge of a word. A word joiner removes that edge.
const harmless = (text: string): string => escaped(text).replace(/[*_~`]/g, "\u2060$&\u2060");

function shorten(parts: readonly string[], max: number): string {
  const whole = parts.join("");
  if (lengthOf(whole) <= max) return whole;
  let kept = "";
  for (const part of parts) {
    if (lengthOf(kept) + lengthOf(part) > max - 1) break;
    kept += part;
  }
  return `${kept.trimEnd()}…`;
}

/** The length of a text as Slack counts it: in code points. */
export const lengthOf = (text: string): number => Array.from(text).length;

/**
 * A text cut in its middle where it is too long, so that names which begin or end alike stay apart.
 * @example cutInside("Order Completed per session", 20); // => "Order Comp…r session"
 */
export function cutInside(text: string, max: number): string {
  if (lengthOf(text) <= max) return text;
  const letters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  const end = fitting(letters.toReversed(), Math.floor((max - 1) / 2)).toReversed();
  const start = fitting(letters, max - 1 - lengthOf(end.join("")));
  return `${start.join("")}…${end.join("")}`;
}

/** As many of the parts, from the first on, as have at most so many characters. */
function fitting(parts: readonly string[], max: number): string[] {
  const kept: string[] = [];
  let left = max;
  for (const part of parts) {
    left -= lengthOf(part);
    if (left < 0) break;
    kept.push(part);
  }
  return kept;
}

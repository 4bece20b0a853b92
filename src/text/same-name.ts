/** Invisible characters: zero-width characters, soft hyphens, direction marks. */
const UNSEEN =
  "\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufe00-\\ufe0f\\ufeff";
const unseen = new RegExp(`[${UNSEEN}]+`, "g");
const unseenAtEdges = new RegExp(`^[\\s${UNSEEN}]+|[\\s${UNSEEN}]+$`, "g");

/**
 * A name in the form in which names are compared: two that look the same to people are equal, whatever case, blanks,
 * apostrophes or invisible characters they contain.
 * @example nameKey("Kid’s\u00a0Club") === nameKey("kid's club"); // => true
 */
export const nameKey = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(unseen, "")
    .replace(/[‘’‚‛ʼ′`´]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐-―−]/g, "-")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();

/** Whether two names are the same to people. */
export const isSameName = (one: string, other: string): boolean => nameKey(one) === nameKey(other);

/** A text without blanks and invisible characters at its edges. */
export const trimmed = (text: string): string => text.replace(unseenAtEdges, "");

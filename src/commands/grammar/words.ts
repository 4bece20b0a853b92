import { escaped, unescaped } from "../../adapters/slack/blocks/escape.ts";
import { InputError } from "../../errors.ts";
import { trimmed } from "../../text/same-name.ts";
import { shortened } from "./shortened.ts";

/** A typed word. A word in quotes is always a name. */
export interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
  /** Set if the word, or the value in it, ends with a quotation mark. */
  readonly isClosed?: true;
}

/** The closing marks of each opening quotation mark: straight, typographic, and those of other languages. */
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"”“',
  "＂": "＂",
  "“": '”"“',
  "”": '”"',
  "„": '“”"',
  "‟": '”"',
  "«": "»",
  "»": "«»",
  "'": "'’",
  "‘": "’'‘",
  "’": "’'",
  "‚": "‘’'",
  "‹": "›",
  "›": "‹›",
  "`": "`",
};

/** These marks are apostrophes too: without a second one they are letters. */
const APOSTROPHES = "'‘’‚`";

/** The prefix of a setting: `segment:`. */
const KEY = /^[a-z-]+:/i;

/** What divides two names without a blank: `sessions/"Order Completed"`. */
const DIVIDED = /^[^\s:/]*\/(?=["＂“„‟«])/;

/**
 * Splits what was typed after the command into words. It is prose, not a shell: an apostrophe within a word is a letter, and
 * quotation marks, of any kind, hold together what stands between them and blanks or the slash of a ratio.
 * @example tokens("Women's “New users”"); // => the words "Women's", and "New users" in quotes
 */
export function tokens(text: string): Word[] {
  const all: Word[] = [];
  let rest = trimmed(withoutMarks(text));
  while (rest !== "") {
    const [key = ""] = KEY.exec(rest) ?? [];
    const quotation = quotationAt(rest.slice(key.length), key !== "");
    if (quotation) {
      all.push({ text: key + quotation.inner, isQuoted: key === "", isClosed: true });
      rest = trimmed(rest.slice(key.length + quotation.length));
    } else {
      const [word = ""] = DIVIDED.exec(rest) ?? /^\S+/.exec(rest) ?? [];
      all.push({ text: trimmed(word), isQuoted: false });
      rest = trimmed(rest.slice(word.length));
    }
  }
  return all;
}

/** The texts of the words, quoted or not. */
export const words = (text: string): string[] => tokens(text).map((word) => word.text);

/**
 * The quotation at the beginning of a text; undefined when its mark is a letter. Throws InputError when it has no end.
 */
function quotationAt(text: string, isValue: boolean): { inner: string; length: number } | undefined {
  const [mark = ""] = text;
  const closing = CLOSING[mark];
  // As in "Rock 'n' roll".
  if (!closing || (!isValue && APOSTROPHES.includes(mark) && APOSTROPHES.includes(text[2] ?? " ")))
    return undefined;
  let inner = "";
  for (let i = 1; i < text.length; i++) {
    const letter = text[i]!;
    if (closing.includes(letter) && /^(?:[,;]?(?:\s|$)|\/)/.test(text.slice(i + 1, i + 3)))
      return {
        inner: /[«»]/.test(mark) ? inner.trim() : inner,
        length: i + 1 + (/[,;]/.test(text[i + 1] ?? "") ? 1 : 0),
      };
    // A doubled mark means the mark itself.
    if (mark === '"' && closing.includes(letter) && text[i + 1] === letter) i++;
    inner += letter;
  }
  if (APOSTROPHES.includes(mark)) return undefined;
  throw new InputError(
    `the quotation mark before ${shortened(text.slice(1))} has no closing one. Type "NAME"`,
  );
}

/**
 * Takes off what Slack puts around words: a channel, a person and a group become their ids; an address, a date and all else
 * what it shows. Only a runbook keeps the address itself. What Slack escapes becomes what was typed.
 */
const withoutMarks = (text: string): string =>
  unescaped(
    text.replace(/(runbook:\s*["“]?)?<([^<>]*)>/gi, (_, runbook: string | undefined, link: string) =>
      runbook === undefined ? shownBy(link) : runbook + (link.split("|", 1)[0] ?? ""),
    ),
  );

function shownBy(link: string): string {
  const [target = "", ...label] = link.split("|");
  const [, id] = /^(?:[#@]|!subteam\^)([A-Z0-9]+)$/i.exec(target) ?? [];
  return id ?? (label.join("|") || target.replace(/^mailto:|^tel:|^!(?=\w+$)/, ""));
}

/**
 * Writes a word so that `words` reads it back, in quotes where it needs them.
 * @example quoted("New users"); // => '"New users"'
 */
export function quoted(word: string): string {
  const isPlain =
    word !== "" &&
    trimmed(word) === word &&
    !/\s/.test(word) &&
    !(word[0]! in CLOSING) &&
    !KEY.test(word) &&
    !DIVIDED.test(word);
  return isPlain ? escaped(word) : inQuotes(word);
}

/** Writes a name in quotes, so that it is always read as a name. */
export const inQuotes = (name: string): string => `"${escaped(name).replace(/["”“]/g, "$&$&")}"`;

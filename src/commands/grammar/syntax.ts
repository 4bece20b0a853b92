import { InputError } from "../../errors.ts";
import { shortened } from "./shortened.ts";
import { quoted, type Word } from "./words.ts";

/** How the words after a command's name are read, and written so that they are read back. */
export interface Syntax<Fields extends object> {
  /** Throws InputError for words that it cannot read. */
  read(words: readonly Word[]): Fields;
  print(fields: Fields): string[];
}

/** Something that may follow a name: a time, a range, settings. */
export interface Following<Fields extends object> {
  /** The index at which it begins, from 1 on; undefined if the name is all there is. */
  begins(words: readonly Word[]): number | undefined;
  read(words: readonly Word[]): Fields;
  print(fields: Fields): string[];
}

/** No words at all. */
export const nothing: Syntax<object> = {
  read(words) {
    nothingMore(words);
    return {};
  },
  print: () => [],
};

/** One name, of one or several words. */
export const named = <Key extends string>(
  key: Key,
  question: string,
): Syntax<Readonly<Record<Key, string>>> => namedThen(key, question, { begins: () => undefined, ...nothing });

/** The same, if anything is typed. */
export const perhaps = <Key extends string>(key: Key): Syntax<Readonly<Partial<Record<Key, string>>>> => ({
  read: (words) => (words.length === 0 ? {} : named(key, "").read(words)) as Partial<Record<Key, string>>,
  print: (fields) => (fields[key] === undefined ? [] : [quoted(fields[key])]),
});

/**
 * A name of one or several words, then something else. A name in quotes ends with them; another one where what follows
 * begins.
 */
export function namedThen<Key extends string, Fields extends object>(
  key: Key,
  question: string,
  following: Following<Fields>,
): Syntax<Readonly<Record<Key, string>> & Fields> {
  return {
    read(words) {
      const { name, rest } = nameIn(words, following);
      return { [key]: needed(question, name), ...following.read(rest) } as Record<Key, string> & Fields;
    },
    print: (fields) => [quoted(fields[key]), ...following.print(fields)],
  };
}

/** Splits words into a name and what follows it. */
export function nameIn(
  words: readonly Word[],
  { begins }: Pick<Following<object>, "begins">,
): { readonly name: string | undefined; readonly rest: readonly Word[] } {
  const [first] = words;
  const end = first?.isClosed ? 1 : (begins(words) ?? words.length);
  return { name: first && textOf(words.slice(0, end)), rest: words.slice(end) };
}

/** A word that begins a time, readable or not, so that it is no part of a name. */
const BEGINS_TIME =
  /\d|^(?:until|till?|since|today|tonight|tomorrow|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?= |$)/i;

/** The index at which the longest readable time begins; otherwise that of the first word that looks like one. */
export function timeBegins(words: readonly Word[], read: (text: string) => unknown): number | undefined {
  for (let i = 1; i < words.length; i++)
    if (BEGINS_TIME.test(words[i]!.text) || (words.length - i <= MOST_WORDS && read(textOf(words.slice(i)))))
      return i;
  return undefined;
}

/** No time is written in more words. */
export const MOST_WORDS = 20;

/** Words as one text. */
export const textOf = (words: readonly Word[]): string => words.map(({ text }) => text).join(" ");

/** A required word. Throws InputError with the question when it is missing. */
export function needed(question: string, word: string | undefined): string {
  if (word === undefined || word.trim() === "") throw new InputError(question);
  return word;
}

/** Throws InputError for an extra word. */
export function nothingMore([word]: readonly Word[]): void {
  if (word !== undefined)
    throw new InputError(
      `unexpected "${shortened(word.text)}". Remove it, or put names with spaces in quotes`,
    );
}

/** One more word after a name. */
export const lastWord = <Key extends string>(
  key: Key,
  question: string,
): Following<Readonly<Record<Key, string>>> => ({
  begins: (words) => Math.max(1, words.length - 1),
  read([word, ...more]) {
    nothingMore(more);
    return { [key]: needed(question, word?.text) } as Record<Key, string>;
  },
  print: (fields) => [quoted(fields[key])],
});

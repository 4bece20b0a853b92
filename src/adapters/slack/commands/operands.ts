import { InputError } from "../../../errors.ts";
import { shortened } from "./shortened.ts";

/** What has to be there. Throws InputError with the question where it is not. */
export function needed(question: string, word: string | undefined): string {
  if (word === undefined || word.trim() === "") throw new InputError(question);
  return word;
}

/** The only word that may be there. */
export function only(question: string, [word, ...more]: readonly string[]): string {
  nothingMore(more);
  return needed(question, word);
}

/** Throws InputError for a word too many. */
export function nothingMore([word]: readonly string[]): void {
  if (word !== undefined) throw new InputError(`"${shortened(word)}" is too much`);
}

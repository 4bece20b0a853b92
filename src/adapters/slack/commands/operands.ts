import { InputError } from "../../../errors.ts";
import { shortened } from "./shortened.ts";

/** A required word. Throws InputError with the question when it is missing. */
export function needed(question: string, word: string | undefined): string {
  if (word === undefined || word.trim() === "") throw new InputError(question);
  return word;
}

/** The only allowed word. */
export function only(question: string, [word, ...more]: readonly string[]): string {
  nothingMore(more);
  return needed(question, word);
}

/** Throws InputError for an extra word. */
export function nothingMore([word]: readonly string[]): void {
  if (word !== undefined)
    throw new InputError(`unexpected "${shortened(word)}". Remove it, or put names with spaces in quotes`);
}

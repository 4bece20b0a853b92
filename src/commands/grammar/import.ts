import { InputError } from "../../errors.ts";
import { nothingMore, type Syntax } from "./syntax.ts";
import { quoted, type Word } from "./words.ts";

/** What is imported, and how. */
export interface ImportOrder {
  /** A path; left out in Slack, where a form opens. */
  readonly file?: string;
  /** Removes what the backup does not contain. */
  readonly isReplacing: boolean;
  /** Only reports what would change. */
  readonly isTrial: boolean;
}

const FLAGS = ["replace:yes", "dry-run:yes"] as const;

/** A file and flags, or nothing. */
export const importOrder: Syntax<ImportOrder> = {
  read(words) {
    const isFlag = ({ text, isQuoted }: Word) => !isQuoted && FLAGS.some((flag) => flag === text);
    const [isReplacing, isTrial] = FLAGS.map((flag) =>
      words.some((word) => isFlag(word) && word.text === flag),
    );
    const [file, ...more] = words.filter((word) => !isFlag(word));
    nothingMore(more);
    if (!file && (isReplacing || isTrial))
      throw new InputError("which file? Type import FILE [--replace] [--dry-run]");
    return { ...(file && { file: file.text }), isReplacing: isReplacing!, isTrial: isTrial! };
  },
  print: ({ file, isReplacing, isTrial }) => [
    ...(file === undefined ? [] : [quoted(file)]),
    ...(isReplacing ? [FLAGS[0]] : []),
    ...(isTrial ? [FLAGS[1]] : []),
  ],
};

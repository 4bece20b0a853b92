import { InputError } from "../errors.ts";
import { textOf } from "./grammar/syntax.ts";
import { tokens, type Word } from "./grammar/words.ts";
import { type Command, commandNamed, entryOf, unknownCommand, usageOf } from "./table.ts";

/** The maximum length of a command that is read. Nobody types a longer one, and it would only cost time. */
export const LONGEST = 4_000;

/** Reads the text after `/tidewatch`. Throws InputError with what was wrong and the usage of the command. */
export function parseCommand(text: string): Command {
  refuseLong(text.length);
  return commandOf(tokens(text));
}

function refuseLong(length: number): void {
  if (length > LONGEST) throw new InputError(`the command is too long. Type at most ${LONGEST} characters`);
}

/** Reads the words of a command, its name first; none at all ask for the status. Throws InputError as `parseCommand` does. */
export function commandOf(words: readonly Word[]): Command {
  refuseLong(textOf(words).length);
  const [{ text: typed } = { text: "status" }, ...rest] = words;
  const commandName = commandNamed(typed);
  if (!commandName) throw new InputError(unknownCommand(typed));
  try {
    return { commandName, ...entryOf(commandName).syntax.read(rest) } as Command;
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(`${error.message}\n${usageOf(commandName)}`, { cause: error });
    throw error;
  }
}

/** Writes a command so that `parseCommand` reads it back. */
export const printCommand = ({ commandName, ...fields }: Command): string =>
  [commandName, ...entryOf(commandName).syntax.print(fields)].join(" ");

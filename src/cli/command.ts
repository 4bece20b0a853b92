import { type ParseArgsConfig, parseArgs } from "node:util";
import { InputError } from "../errors.ts";
import { explain } from "../explain.ts";
import { printable } from "../printable.ts";
import { redact } from "../redact.ts";

/** Runs a command on the words typed after its name; prints what it answers, or what was wrong with status 1. */
export async function runCommand(run: (args: string[]) => Promise<string>): Promise<void> {
  try {
    console.log(printable(redact(await run(process.argv.slice(2)))));
  } catch (error) {
    console.error(printable(redact(explain(error))));
    process.exitCode = 1;
  }
}

/** Splits what was typed into options and words. Throws InputError, with how the command is called, for an option there is none of. */
export function readArgs<Config extends ParseArgsConfig>(config: Config, usage: string) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}

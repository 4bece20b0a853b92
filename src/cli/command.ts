import { type ParseArgsConfig, parseArgs } from "node:util";
import { InputError } from "../errors.ts";
import { explain } from "../explain.ts";
import { printable } from "../printable.ts";
import { redact } from "../redact.ts";

/**
 * Runs a command on the words typed after its name; prints what it answers, if anything, or what was wrong with status 1. Asked for
 * `--help`, it says how it is called.
 */
export async function runCommand(
  run: (args: string[]) => Promise<string | undefined>,
  usage: string,
): Promise<void> {
  const args = process.argv.slice(2);
  try {
    const isLost = args.includes("--help") || args.includes("-h");
    const answer = isLost ? usage : await run(args);
    if (answer !== undefined) console.log(printable(redact(answer)));
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

/** Reads a number that was typed. Throws InputError for what is none, or out of bounds. */
export function numberOf(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= least && number <= most) return number;
  throw new InputError(`--${option} must be a number from ${least} to ${most}, not "${text}"`);
}

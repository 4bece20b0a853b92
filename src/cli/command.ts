import { type ParseArgsConfig, parseArgs } from "node:util";
import { InputError } from "../errors.ts";
import { explain } from "../explain.ts";
import { printable } from "../printable.ts";
import { redact } from "../redact.ts";

/**
 * Runs a command on the words typed after its name. It prints the result, if any, or what was wrong with status 1. With
 * `--help` it prints its usage.
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

/** Splits the typed text into options and words. Throws InputError with the usage for an unknown option. */
export function readArgs<Config extends ParseArgsConfig>(config: Config, usage: string) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}

/** Reads a typed number. Throws InputError when it is not a number or out of bounds. */
export function numberOf(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= least && number <= most) return number;
  throw new InputError(`--${option} must be a number from ${least} to ${most}, not "${text}"`);
}

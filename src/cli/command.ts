import { realpathSync } from "node:fs";
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Environment } from "../config/secrets.ts";
import { InputError } from "../errors.ts";
import { explain } from "../explain.ts";
import { takeConsole } from "../library-console.ts";
import { printable } from "../printable.ts";
import { redact } from "../redact.ts";

/** What surrounds a program: the environment, and where it prints. */
export interface Surroundings {
  readonly env: Environment;
  print(text: string): void;
  /** Prints what is no answer: errors, and what happens meanwhile. */
  printError(text: string): void;
}

/** A program: runs on the words typed after its name, and returns its exit status. */
export type Main = (args: readonly string[], surroundings: Surroundings) => Promise<number>;

/**
 * A program that prints the result of a command, if any, or what was wrong with status 1. With `--help` it prints its
 * usage.
 */
export const mainOf =
  (run: (args: string[], surroundings: Surroundings) => Promise<string | undefined>, usage: string): Main =>
  async (args, surroundings) => {
    try {
      const isLost = args.some(isHelp);
      const answer = isLost ? usage : await run([...args], surroundings);
      if (answer !== undefined) surroundings.print(printable(redact(answer)));
      return 0;
    } catch (error) {
      surroundings.printError(printable(redact(explainHere(error))));
      return 1;
    }
  };

/** A text in which commands are named as they are typed here, not as in Slack. */
export const inTerminalWords = (text: string): string =>
  text.replace(/(?<![^\s`("])\/tidewatch(?=[\s`]|$)/g, "npm run watch --");

/** Commands name each other as in Slack, also in their errors, which have code marks there. */
function explainHere(error: unknown): string {
  const text = explain(error);
  return error instanceof InputError ? inTerminalWords(text).replaceAll("`", "") : text;
}

/** This process as the surroundings of a program. */
const ofProcess: Surroundings = { env: process.env, print: console.log, printError: console.error };

/** Runs a program if its file is the one that Node was started with. */
export async function runIfStarted(file: string, main: Main): Promise<void> {
  const [, started] = process.argv;
  if (started === undefined || realpathSync(started) !== realpathSync(file)) return;
  // What libraries have to say is no part of an answer, and none of what an assistant reads from standard output.
  takeConsole({ warn: () => {} });
  process.exitCode = await main(process.argv.slice(2), ofProcess);
}

/** Runs a command as the program that this process is. */
export async function runCommand(...command: Parameters<typeof mainOf>): Promise<void> {
  process.exitCode = await mainOf(...command)(process.argv.slice(2), ofProcess);
}

/** Splits the typed text into options and words. Throws InputError with the usage for an unknown option. */
export function readArgs<Config extends ParseArgsConfig>(config: Config, usage: string) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}

/**
 * The options that this process was started with, for a program that is no command of the product. With `--help` it
 * prints its usage and ends; for an unknown option what was wrong, with this status.
 */
export function optionsOrHelp<Config extends ParseArgsConfig>(config: Config, usage: string, status = 1) {
  if (process.argv.slice(2).some(isHelp)) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return readArgs(config, usage);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(status);
  }
}

const isHelp = (arg: string): boolean => arg === "--help" || arg === "-h";

/** Reads a typed number. Throws InputError when it is not a number or out of bounds. */
export function numberOf(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= least && number <= most) return number;
  throw new InputError(`--${option} must be a number from ${least} to ${most}, not "${text}"`);
}

import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Main } from "../../src/cli/command.ts";
import { KEY, type Stage } from "./stage.ts";

/** A program of this project while it runs. */
export interface Program {
  readonly child: ChildProcess;
  /** All it has printed so far, errors too. */
  printed(): string;
}

/** How a program is started: in an environment of nothing but PATH, Node's cache, and these settings. */
export interface ProgramOptions extends Pick<SpawnOptions, "cwd"> {
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts one of the project's files as its npm script does. */
export function startProgram(
  file: string,
  args: readonly string[] = [],
  { settings = {}, cwd }: ProgramOptions = {},
): Program {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, ...settings };
  const child = spawn(process.execPath, [resolve(file), ...args], { env, cwd });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (piece) => {
      printed += String(piece);
    });
  }
  return { child, printed: () => printed };
}

/** Runs one of the project's files to its end; answers its status, and what it printed. */
export async function runProgram(
  ...command: Parameters<typeof startProgram>
): Promise<{ status: number; printed: string }> {
  const { child, printed } = startProgram(...command);
  const [status] = await once(child, "close");
  return { status, printed: printed() };
}

/** Runs a program in this process; answers its status, and what it printed. */
export async function runMain(
  main: Main,
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<{ status: number; printed: string }> {
  let printed = "";
  const print = (text: string) => {
    printed += `${text}\n`;
  };
  const env = { PATH: process.env.PATH, ...settings };
  const status = await main(args, { env, print, printError: print });
  return { status, printed };
}

/** The settings of a bot that works on a stage. */
export const settingsOf = ({ braze, slack, redis }: Pick<Stage, "braze" | "slack" | "redis">) => ({
  BRAZE_REST_ENDPOINT: braze.url,
  BRAZE_API_KEY: KEY,
  SLACK_BOT_TOKEN: slack.token,
  SLACK_API_URL: slack.apiUrl,
  REDIS_URL: redis.url,
});

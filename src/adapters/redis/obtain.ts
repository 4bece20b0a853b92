import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.ts";
import { installation, type Machine } from "./machine.ts";
import {
  ADDRESS,
  answers,
  launchContainer,
  launchProgram,
  type PrivateServer,
  startPrivateServer,
} from "./private-server.ts";

export interface ObtainOptions {
  /** REDIS_URL, where it is set. */
  readonly url?: string | undefined;
  /** The folder of a private server's data. */
  readonly dataDir: string;
  /** Is told in one line before anything is installed or started. */
  readonly say: (line: string) => void;
  readonly machine: Machine;
}

/** A Redis to work with, and how it was come by. */
export interface ObtainedRedis extends PrivateServer {
  readonly how: string;
}

const PROGRAMS = ["redis-server", "valkey-server"];

/**
 * Finds a Redis: the one that was named; else a private server of a program on the PATH, installed first where that is
 * allowed; else a container. Throws InputError with the one command to type where there is no way.
 */
export async function obtainRedis({ url, dataDir, say, machine }: ObtainOptions): Promise<ObtainedRedis> {
  if (url) return { url, how: "REDIS_URL", stop: async () => {} };

  const running = await runningServer(dataDir);
  if (running) return { url: running, how: "the private server that is running", stop: async () => {} };

  const program = (await firstOf(machine)) ?? (await install(machine, say));
  if (program) {
    return { ...(await startPrivateServer(launchProgram(program), dataDir)), how: `a private ${program}` };
  }
  if (await machine.run(["docker", "info"])) {
    say("There is no redis-server on this machine: starting one in a container");
    return { ...(await startPrivateServer(launchContainer, dataDir)), how: "a private container" };
  }
  const way = await installation(machine);
  throw new InputError(
    `Tidewatch needs Redis, and there is none on this machine. ${
      way ? `Type: ${way.typed}` : "Install redis-server or valkey-server, or set REDIS_URL"
    }`,
  );
}

async function firstOf(machine: Machine): Promise<string | undefined> {
  for (const program of PROGRAMS) if (await machine.has(program)) return program;
  return undefined;
}

async function install(machine: Machine, say: (line: string) => void): Promise<string | undefined> {
  const way = await installation(machine);
  if (!way || !(await mayRun(way.command, machine))) return undefined;
  say(`There is no redis-server on this machine: installing it (${way.typed})`);
  await machine.run(way.command);
  return firstOf(machine);
}

/** Whether a command needs no password that nobody is there to type. */
const mayRun = async ([first]: readonly string[], machine: Machine): Promise<boolean> =>
  first !== "sudo" || ((await machine.has("sudo")) && (await machine.run(["sudo", "-n", "true"])));

/** Where the server is that already uses this folder, if one does. */
async function runningServer(dataDir: string): Promise<string | undefined> {
  const url = await readFile(join(dataDir, ADDRESS), "utf8").catch(() => undefined);
  const port = url && Number(URL.parse(url)?.port);
  return port && (await answers(port)) ? url : undefined;
}

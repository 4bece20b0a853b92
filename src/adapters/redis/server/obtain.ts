import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../../errors.ts";
import { installationOn } from "./install.ts";
import type { Machine } from "./machine.ts";
import {
  type Launch,
  launchContainer,
  launchProgram,
  type PrivateServer,
  startPrivateServer,
} from "./private-server.ts";
import { shareServer } from "./share.ts";

export interface ObtainOptions {
  /** REDIS_URL, where it is set. */
  readonly url?: string | undefined;
  /** The folder of a private server's data, kept and shared between processes. @default a folder that ends with it */
  readonly dataDir?: string;
  /** Is told in one line before anything is installed or fetched. */
  readonly say: (line: string) => void;
  readonly machine: Machine;
}

/** A Redis to work with, and how it was come by. */
export interface ObtainedRedis extends PrivateServer {
  readonly how: string;
}

/**
 * Finds a Redis: the one that was named; else a private server of a program on the PATH, installed first where that is
 * allowed; else a container. Throws InputError with the one command to type where there is no way.
 */
export async function obtainRedis({ url, dataDir, say, machine }: ObtainOptions): Promise<ObtainedRedis> {
  if (url) return { url, how: "REDIS_URL", stop: async () => {} };
  if (dataDir === undefined) {
    const { launch, how } = await wayTo(machine, say);
    const folder = await mkdtemp(join(tmpdir(), "tidewatch-redis-"));
    return { ...(await startPrivateServer(launch, folder, { scratch: true })), how };
  }
  let how = "the private server that is running";
  const server = await shareServer(dataDir, async () => {
    const way = await wayTo(machine, say);
    how = way.how;
    return startPrivateServer(way.launch, dataDir);
  });
  return { ...server, how };
}

/** How a private server is started here. */
export async function wayTo(
  machine: Machine,
  say: (line: string) => void,
): Promise<{ launch: Launch; how: string }> {
  const found = await programOn(machine);
  const program = found.program ?? (await installed(found, machine, say));
  if (program) return { launch: launchProgram(program), how: `a private ${program}` };

  if ((await machine.run(["docker", "info"])).ok) {
    say(`${found.lack}: starting one in a container`);
    return { launch: launchContainer(machine.user), how: "a private container" };
  }
  const installation = await installationOn(machine);
  throw new InputError(
    installation && !found.tooOld
      ? `${found.lack}, and Tidewatch may not install it. Type: ${installation.typed}`
      : `${found.lack}. Install Redis 6.2 or newer, or Valkey, or set REDIS_URL to one that runs elsewhere`,
  );
}

interface Found {
  readonly program?: string;
  /** What stands in the way, where there is no program. */
  readonly lack: string;
  readonly tooOld: boolean;
}

async function programOn(machine: Machine): Promise<Found> {
  let tooOld: string | undefined;
  for (const program of ["redis-server", "valkey-server"]) {
    if (!(await machine.has(program))) continue;
    const { output } = await machine.run([program, "--version"]);
    const [version, major, minor] = /v=(\d+)\.(\d+)\S*/.exec(output) ?? [];
    if (Number(major) > 6 || (Number(major) === 6 && Number(minor) >= 2))
      return { program, lack: "", tooOld: false };
    tooOld = `The ${program} of this machine is too old (${version ?? "it does not tell its version"})`;
  }
  return { lack: tooOld ?? "There is no Redis on this machine", tooOld: tooOld !== undefined };
}

// Where a package is too old, its manager has nothing newer.
async function installed(
  found: Found,
  machine: Machine,
  say: (line: string) => void,
): Promise<string | undefined> {
  const installation = found.tooOld ? undefined : await installationOn(machine);
  if (!installation?.isAllowed) return undefined;
  say(`${found.lack}: installing it, once (${installation.typed})`);
  const isThere = async () => (await programOn(machine)).program !== undefined;
  const printed = await installation.run(isThere);
  const { program } = await programOn(machine);
  if (!program) say(`Redis could not be installed: ${printed.split("\n").at(-1)}`);
  return program;
}

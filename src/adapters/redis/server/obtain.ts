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
  /**
   * The folder of a private server's data, kept and shared between processes. Such a server is started from what is on
   * the PATH, and nothing is installed for it. @default a folder that ends with the server
   */
  readonly dataDir?: string;
  /** Is told in one line before anything is installed or fetched. */
  readonly report: (line: string) => void;
  readonly machine: Machine;
}

/** A Redis to work with, and how it was come by. */
export interface ObtainedRedis extends PrivateServer {
  readonly how: string;
  /** Where a private server keeps its data, unless they end with it. */
  readonly dataDir?: string;
}

/**
 * Finds a Redis: the one that was named; else a private server of a program on the PATH. Only one whose data nobody
 * keeps may be installed first, or run in a container. Throws InputError with what to do where there is no way.
 */
export async function obtainRedis({ url, dataDir, report, machine }: ObtainOptions): Promise<ObtainedRedis> {
  if (url) return { url, how: "REDIS_URL", stop: async () => {} };
  if (dataDir === undefined) {
    const { launch, how } = await wayTo(machine, report);
    const folder = await mkdtemp(join(tmpdir(), "tidewatch-redis-"));
    return { ...(await startPrivateServer(launch, folder, { scratch: true })), how };
  }
  let how = "the private server that is running";
  const server = await shareServer(dataDir, async () => {
    const way = await wayOnPath(machine);
    how = way.how;
    return startPrivateServer(way.launch, dataDir);
  });
  return { ...server, how, dataDir };
}

interface Way {
  readonly launch: Launch;
  readonly how: string;
}

const programWay = (program: string): Way => ({
  launch: launchProgram(program),
  how: `a private ${program}`,
});

/** How a private server is started here without changing anything of the machine. */
async function wayOnPath(machine: Machine): Promise<Way> {
  const { program, lack, tooOld } = await programOn(machine);
  if (program) return programWay(program);
  const installation = tooOld ? undefined : await installationOn(machine);
  const here = installation
    ? `install it here: ${installation.typed}`
    : "install Redis 6.2 or newer, or Valkey, so that redis-server or valkey-server is on the PATH";
  throw new InputError(
    `REDIS_URL is not set. ${lack}. Either name a Redis that runs elsewhere in REDIS_URL, such as redis://:password@host:6379; or, for this one machine alone, ${here}`,
  );
}

/** How a private server is started here, installed first where that is allowed. */
export async function wayTo(machine: Machine, report: (line: string) => void): Promise<Way> {
  const found = await programOn(machine);
  const program = found.program ?? (await installed(found, machine, report));
  if (program) return programWay(program);

  if ((await machine.run(["docker", "info"])).ok) {
    report(`${found.lack}: starting one in a container`);
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
    tooOld = `The ${program} of this machine is too old (${version ?? "version unknown"})`;
  }
  return { lack: tooOld ?? "There is no Redis on this machine", tooOld: tooOld !== undefined };
}

// Where a package is too old, its manager has nothing newer.
async function installed(
  found: Found,
  machine: Machine,
  report: (line: string) => void,
): Promise<string | undefined> {
  const installation = found.tooOld ? undefined : await installationOn(machine);
  if (!(installation && (await installation.isAllowed()))) return undefined;
  report(`${found.lack}: installing it, once (${installation.typed})`);
  const isThere = async () => (await programOn(machine)).program !== undefined;
  const printed = await installation.run(isThere);
  const { program } = await programOn(machine);
  if (!program) report(`Redis could not be installed: ${printed.split("\n").at(-1)}`);
  return program;
}

import { randomBytes } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keepSecret } from "../../../redact.ts";
import { memoryHere } from "../connection/memory.ts";
import { freePort } from "./free-port.ts";
import { answers } from "./ping.ts";
import { startWatched } from "./supervisor.ts";

/** A Redis that belongs to this process. */
export interface PrivateServer {
  readonly url: string;
  /** Lets it write what it holds, and ends it, unless other processes still use it. */
  stop(): Promise<void>;
}

/** How a server is started, given a port of the loopback interface and the folder of its data. */
export interface Launch {
  command(port: number, folder: string): readonly string[];
  /** Settings that follow from where it runs. */
  settings(port: number, folder: string): Readonly<Record<string, string>>;
  /** How long it may take to answer, in milliseconds. */
  readonly startWithin: number;
}

/** A program of this machine. */
export const launchProgram = (program: string): Launch => ({
  command: (_port, folder) => [program, join(folder, CONFIG)],
  settings: (port, folder) => ({ port: String(port), bind: "127.0.0.1", dir: folder }),
  startWithin: 10_000,
});

/** A container; Docker may have to fetch its image first. Only the loopback interface leads into it. */
export const launchContainer = (user: string | undefined): Launch => ({
  command: (port, folder) => [
    ...["docker", "run", "--rm", "--init", "--name", `tidewatch-redis-${port}`],
    ...(user ? ["--user", user] : []),
    ...["--publish", `127.0.0.1:${port}:6379`, "--volume", `${folder}:/data`],
    ...["valkey/valkey:8-alpine", "valkey-server", `/data/${CONFIG}`],
  ],
  settings: () => ({ port: "6379", bind: "0.0.0.0", dir: "/data" }),
  startWithin: 180_000,
});

const CONFIG = "redis.conf";

/** In the data folder: the address of the server that uses it. */
export const ADDRESS = "address";

/** In the data folder: the pipe that whoever uses the server holds open. */
export const USERS = "users";

/** How long a server may take to end, in milliseconds: its own, or one that others may still use. */
const END_WITHIN = { own: 10_000, shared: 2_000 } as const;

export interface PrivateOptions {
  /** @default a free one */
  readonly port?: number;
  /** @default a new one */
  readonly password?: string;
  /** Whether the folder is removed when the server ends. @default false */
  readonly scratch?: boolean;
}

/** Starts a server and waits until it answers. Throws with what it printed when it does not. */
export async function startPrivateServer(
  launch: Launch,
  folder: string,
  options: PrivateOptions = {},
): Promise<PrivateServer> {
  // Without a password every user of the machine could have it write files in this user's name.
  const { password = randomBytes(16).toString("hex"), scratch = false } = options;
  keepSecret(password);
  const port = options.port ?? (await freePort());
  const url = `redis://:${password}@127.0.0.1:${port}`;

  await mkdir(folder, { recursive: true });
  const maxmemory = String(Math.floor(SHARE_OF_MEMORY * memoryHere()));
  const settings = { ...SETTINGS, maxmemory, ...launch.settings(port, folder), requirepass: password };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${JSON.stringify(value)}\n`);
  await writeFile(join(folder, CONFIG), lines.join(""), { mode: 0o600 });

  const server = startWatched(launch.command(port, folder), {
    users: join(folder, USERS),
    scratch: scratch ? folder : undefined,
  });
  const begun = performance.now();
  while (!(await answers(url))) {
    if (server.hasEnded() || performance.now() - begun > launch.startWithin) {
      if (!(await server.release(END_WITHIN.own))) server.kill();
      throw new Error(
        `${launch.command(port, folder)[0]} did not start: ${server.printed() || "it printed nothing"}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await writeFile(join(folder, ADDRESS), url, { mode: 0o600 });

  return {
    url,
    async stop() {
      const hasEnded = await server.release(scratch ? END_WITHIN.own : END_WITHIN.shared);
      if (hasEnded && !scratch) await rm(join(folder, ADDRESS), { force: true });
      if (hasEnded || !scratch) return;
      server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Which share of the memory there is it may use: it takes more for a while when it rewrites its file. */
const SHARE_OF_MEMORY = 0.5;

const SETTINGS = {
  appendonly: "yes",
  appendfsync: "everysec",
  save: "",
  "maxmemory-policy": "noeviction",
  loglevel: "warning",
} as const;

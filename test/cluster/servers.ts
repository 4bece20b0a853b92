import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "../../src/adapters/redis/server/free-port.ts";
import { thisMachine } from "../../src/adapters/redis/server/machine.ts";
import { wayTo } from "../../src/adapters/redis/server/obtain.ts";
import { type Launch, startPrivateServer } from "../../src/adapters/redis/server/private-server.ts";

/** One server among several. */
export interface Server {
  readonly port: number;
  /** Of the client that sets servers up and looks at them. */
  readonly redis: Redis;
  /** Ends it as the kernel would. */
  kill(): Promise<void>;
  /** Starts it again with what is on its disk. */
  revive(): Promise<void>;
}

/** Servers that belong together. */
export interface Servers {
  readonly password: string;
  readonly all: readonly Server[];
  /** All that was ever written to any of them. */
  written(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts so many servers, or sentinels, with one password; `settings` are told the port each has and its folder. */
export async function startServers(
  count: number,
  settings: (port: number, folder: string) => Promise<Readonly<Record<string, string>>>,
  ...how: readonly "--sentinel"[]
): Promise<Servers> {
  const way = await wayTo(thisMachine(process.env.PATH ?? ""), console.error);
  const password = randomBytes(16).toString("hex");
  const folder = await mkdtemp(join(tmpdir(), "tidewatch-servers-"));
  const all: (Server & { close(): Promise<void> })[] = [];
  for (let i = 0; i < count; i++) {
    const port = await freePort();
    const own = join(folder, String(i));
    await mkdir(own);
    const more = { masterauth: password, ...(await settings(port, own)) };
    const launch: Launch = {
      ...way.launch,
      command: (port, folder) => [...way.launch.command(port, folder), ...how],
      settings: (port, folder) => ({ ...way.launch.settings(port, folder), ...more }),
    };
    let server = await startPrivateServer(launch, own, { port, password });
    const redis = new Redis({ host: "127.0.0.1", port, password, retryStrategy: () => 100 });
    redis.on("error", () => {});
    all.push({
      port,
      redis,
      async kill() {
        const pid = Number(/process_id:(\d+)/.exec(await redis.info("server"))?.[1]);
        process.kill(pid, "SIGKILL");
        await server.stop();
      },
      async revive() {
        server = await startPrivateServer(launch, own, { port, password });
      },
      async close() {
        redis.disconnect();
        await server.stop();
      },
    });
  }
  return {
    password,
    all,
    async written() {
      const files = await readdir(folder, { recursive: true, withFileTypes: true });
      const logs = files.filter((file) => file.isFile() && /\.aof$/.test(file.name));
      return (
        await Promise.all(logs.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")))
      ).join();
    },
    async stop() {
      await Promise.all(all.map((server) => server.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

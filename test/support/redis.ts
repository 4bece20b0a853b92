import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { thisMachine } from "../../src/adapters/redis/server/machine.ts";
import { wayTo } from "../../src/adapters/redis/server/obtain.ts";
import { type Launch, startPrivateServer } from "../../src/adapters/redis/server/private-server.ts";

/** A Redis of one test file's own, gone with it. */
export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
  /** All that was ever written to it. */
  written(): Promise<string>;
  /** Ends the server, its data staying on disk. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  revive(): Promise<void>;
}

/** Starts a private server, come by in the same way as the demo's, with these settings besides. */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<TestRedis> {
  const way = await wayTo(thisMachine(process.env.PATH ?? ""), console.error);
  const launch: Launch = {
    ...way.launch,
    settings: (port, folder) => ({ ...way.launch.settings(port, folder), ...settings }),
  };
  const folder = await mkdtemp(join(tmpdir(), "tidewatch-test-"));
  let server = await startPrivateServer(launch, folder);
  const { url } = server;
  const { port, password } = new URL(url);
  return {
    url,
    async written() {
      const logs = join(folder, "appendonlydir");
      const files = await readdir(logs);
      return (await Promise.all(files.map((file) => readFile(join(logs, file), "latin1")))).join();
    },
    kill: () => server.stop(),
    async revive() {
      server = await startPrivateServer(launch, folder, { port: Number(port), password });
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

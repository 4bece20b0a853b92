import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { thisMachine } from "../src/adapters/redis/machine.ts";
import { wayTo } from "../src/adapters/redis/obtain.ts";
import { startPrivateServer } from "../src/adapters/redis/private-server.ts";

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

/** Starts a private server, come by in the same way as the demo's. */
export async function startRedis(): Promise<TestRedis> {
  const { launch } = await wayTo(thisMachine(process.env.PATH ?? ""), console.error);
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

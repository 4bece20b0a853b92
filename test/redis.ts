import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { thisMachine } from "../src/adapters/redis/machine.ts";
import { obtainRedis } from "../src/adapters/redis/obtain.ts";
import { launchProgram, startPrivateServer } from "../src/adapters/redis/private-server.ts";

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
  const dataDir = await mkdtemp(join(tmpdir(), "tidewatch-test-"));
  const obtained = await obtainRedis({
    dataDir,
    say: console.error,
    machine: thisMachine(process.env.PATH ?? ""),
  });
  const { url } = obtained;
  let server: { stop(): Promise<void> } = obtained;
  return {
    url,
    async written() {
      const files = await readdir(join(dataDir, "appendonlydir"));
      return (
        await Promise.all(files.map((file) => readFile(join(dataDir, "appendonlydir", file), "latin1")))
      ).join();
    },
    kill: () => server.stop(),
    async revive() {
      server = await startPrivateServer(launchProgram("redis-server"), dataDir, Number(new URL(url).port));
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

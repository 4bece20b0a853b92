import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkRedis } from "../../../../src/adapters/redis/connection/checks.ts";
import { answers } from "../../../../src/adapters/redis/server/ping.ts";
import { type Launch, startPrivateServer } from "../../../../src/adapters/redis/server/private-server.ts";
import { until } from "../../../support/until.ts";

interface Holder {
  readonly child: ChildProcess;
  readonly url: string;
  readonly how: string;
}

let folder: string;
let holders: Holder[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidewatch-test-"));
  holders = [];
});
afterEach(async () => {
  for (const { child } of holders) child.kill("SIGKILL");
  await Promise.all(holders.map(({ url }) => until(async () => !(await answers(url)), "the server to end")));
  await rm(folder, { recursive: true, force: true });
});

/** A process of its own that uses a private Redis. */
async function hold(dataDir?: string): Promise<Holder> {
  const child = fork(join(import.meta.dirname, "../holder.ts"), dataDir ? [dataDir] : []);
  const [{ url, how }] = await once(child, "message");
  const holder = { child, url, how };
  holders.push(holder);
  return holder;
}

async function stop({ child }: Holder): Promise<void> {
  const ended = once(child, "exit");
  child.send("stop");
  await ended;
}

async function kill({ child }: Holder): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

const folderOf = async ({ url }: Holder): Promise<string> => {
  const redis = new Redis(url);
  const [, path] = (await redis.config("GET", "dir")) as string[];
  redis.disconnect();
  return path!;
};

test("the private server loses and evicts nothing", async () => {
  const redis = new Redis((await hold()).url);
  expect((await checkRedis(redis)).filter(({ ok }) => !ok)).toEqual([]);
  expect(await redis.config("GET", "appendfsync")).toEqual(["appendfsync", "everysec"]);
  redis.disconnect();
});

test("the private server accepts only this machine and this user", async () => {
  const { url } = await hold(folder);
  expect(await answers(url.replace(/:[^:@]+@/, ":wrong@"))).toBe(false);
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal);
  if (elsewhere) expect(await answers(url.replace("127.0.0.1", elsewhere.address))).toBe(false);
  for (const name of ["address", "redis.conf"]) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
});

test.each([
  ["told to stop", stop],
  ["killed", kill],
])("when the process is %s, its private server and folder are removed", async (_, leave) => {
  const holder = await hold();
  const path = await folderOf(holder);
  expect(existsSync(path)).toBe(true);
  await leave(holder);
  await until(async () => !(await answers(holder.url)), "the server to end");
  await until(() => !existsSync(path), "the folder to be gone");
});

test("a configured folder keeps the data and nothing else of importance", async () => {
  const first = await hold(folder);
  const redis = new Redis(first.url);
  await redis.set("kept", "yes");
  redis.disconnect();
  await stop(first);
  expect((await readdir(folder)).sort()).toEqual(["appendonlydir", "lock.db", "redis.conf"]);

  const again = new Redis((await hold(folder)).url);
  expect(await again.get("kept")).toBe("yes");
  again.disconnect();
});

test("processes that start at once share one private server, which runs until the last one exits", async () => {
  await Promise.all(Array.from({ length: 4 }, () => hold(folder)));
  expect(new Set(holders.map(({ url }) => url)).size).toBe(1);
  const joined = holders.filter(({ how }) => how === "the private server that is running");
  expect(joined).toHaveLength(3);

  const [owner] = holders.filter((holder) => !joined.includes(holder));
  await kill(owner!);
  await stop(joined[0]!);
  await kill(joined[1]!);
  expect(await answers(owner!.url)).toBe(true);
  await stop(joined[2]!);
  await until(async () => !(await answers(owner!.url)), "the server to end");
  await until(() => !existsSync(join(folder, "users")), "the pipe to be gone");
});

test("files left by a crash are moved aside", async () => {
  // Of an older version, by a process whose id another has by now.
  await writeFile(join(folder, "lock"), "1");
  await writeFile(join(folder, "address"), "redis://:x@127.0.0.1:1");
  expect((await hold(folder)).how).not.toContain("running");
});

test("a private server without an owner is stopped before another starts on its folder", async () => {
  const orphan = await hold(folder);
  await rm(join(folder, "users"));
  const next = await hold(folder);
  expect(next.url).not.toBe(orphan.url);
  expect(await answers(orphan.url)).toBe(false);
});

test("the error for a private server that does not start shows what it printed", async () => {
  const launch: Launch = {
    command: () => ["sh", "-c", "echo no space left on device >&2; exit 1"],
    settings: () => ({}),
    startWithin: 5_000,
  };
  await expect(startPrivateServer(launch, folder)).rejects.toThrow(
    "sh did not start: no space left on device",
  );
});

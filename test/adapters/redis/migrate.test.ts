import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { keysOf } from "../../../src/adapters/redis/keys.ts";
import { type Migration, migrate, migrations } from "../../../src/adapters/redis/migrate.ts";
import { pausing } from "../../support/pausing.ts";
import { startRedis, type TestRedis } from "../../support/redis.ts";
import { until } from "../../support/until.ts";
import { ENTRIES, renaming } from "./migrating.ts";

const keys = keysOf("tidewatch");

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});
beforeEach(async () => {
  await redis.flushall();
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** Lets another process migrate; its lines grow while it does. */
function migrating(...halts: string[]) {
  const child = fork("test/adapters/redis/migrating.ts", [server.url, ...halts]);
  const lines: string[] = [];
  child.on("message", (line) => lines.push(String(line)));
  children.push(child);
  return { child, lines };
}

const fill = () =>
  redis.hset("entries", Object.fromEntries(Array.from({ length: ENTRIES }, (_, i) => [String(i), "old"])));
const named = async (name: string) => (await redis.hvals("entries")).filter((value) => value === name).length;

test("an empty store, and a store from before versions existed, get the current version at once", async () => {
  await migrate(redis);
  expect(await redis.get(keys.version())).toBe(String(migrations.length + 1));
  expect(await redis.keys("*")).toEqual([keys.version()]);
});

test("migration steps run in order, each once, whatever version is stored", async () => {
  const done: string[] = [];
  const step = (what: string): Migration => ({
    what,
    run: async () => {
      done.push(what);
    },
  });
  const steps = [step("to 2"), step("to 3")];
  await migrate(redis, { steps: steps.slice(0, 1) });
  await migrate(redis, { steps });
  await migrate(redis, { steps });
  expect(done).toEqual(["to 2", "to 3"]);
  expect(await redis.get(keys.version())).toBe("3");
  expect(await redis.exists(keys.migrating())).toBe(0);
});

test("data written by a newer version is refused and left unchanged", async () => {
  await redis.set(keys.version(), 9);
  await redis.hset(keys.watches(), "ios", "of the future");
  await expect(migrate(redis)).rejects.toThrow(/version 9, written by a newer Tidewatch.*REDIS_URL/);
  expect(await redis.get(keys.version())).toBe("9");
  expect(await redis.hgetall(keys.watches())).toEqual({ ios: "of the future" });
  expect((await redis.keys("*")).length).toBe(2);
});

test("an invalid stored version is refused", async () => {
  await redis.set(keys.version(), "latest");
  await expect(migrate(redis)).rejects.toThrow(/no valid version/);
});

test("a failed migration step is retried at the next start, and the lock is released", async () => {
  const failing: Migration = { what: "fails", run: () => Promise.reject(new Error("out of memory")) };
  await expect(migrate(redis, { steps: [failing] })).rejects.toThrow("out of memory");
  expect(await redis.get(keys.version())).toBeNull();
  await fill();
  await migrate(redis, { steps: [renaming()] });
  expect(await named("new")).toBe(ENTRIES);
});

test("one of two processes migrates while the other waits; when the first is killed, the other continues", async () => {
  await fill();
  const first = migrating("30");
  await until(async () => (await named("new")) === 30, "the migration to be half done");
  const second = migrating();
  expect(await redis.get(keys.version())).toBeNull();
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  await until(() => second.lines.includes("done"), "the other to be done");
  expect(first.lines).not.toContain("done");
  expect(await named("new")).toBe(ENTRIES);
  expect(await redis.get(keys.version())).toBe("2");
  expect(new Set(Object.values(await redis.hgetall("changes")))).toEqual(new Set(["1"]));
});

test("a process that looked before another one migrated, and gets the lock after it, migrates nothing again", async () => {
  const done: string[] = [];
  const steps: Migration[] = [{ what: "once", run: async () => void done.push("step") }];
  const slow = pausing(redis, "get", "after");
  const late = migrate(slow.port, { steps });
  await slow.reached;
  await migrate(redis, { steps });
  slow.letThrough();
  await late;
  expect(done).toEqual(["step"]);
  expect(await redis.exists(keys.migrating())).toBe(0);
});

test("when two processes start at once, one of them migrates", async () => {
  await fill();
  const both = [migrating(), migrating()];
  await until(() => both.every(({ lines }) => lines.includes("done")), "both to be done");
  const began = both.filter(({ lines }) => lines.some((line) => line.startsWith("migrating")));
  expect(began).toHaveLength(1);
  expect(await named("new")).toBe(ENTRIES);
});

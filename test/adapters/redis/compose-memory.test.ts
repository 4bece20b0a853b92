import { readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { checkRedis } from "../../../src/adapters/redis/connection/checks.ts";
import { redisMemory } from "../../../src/adapters/redis/connection/memory.ts";
import { startRedis, type TestRedis } from "../../support/redis.ts";

const MEGABYTE = 1_048_576;

/** What `--name value …` of a command sets, and how much memory its container has. */
function inCompose(): { settings: Record<string, string>; container: number } {
  const { command, mem_limit } = parse(readFileSync("docker-compose.yml", "utf8"), { merge: true }).services
    .redis;
  const words: string[] = command.slice(1);
  const pairs = words.flatMap((word, i) => (word.startsWith("--") ? [[word.slice(2), words[i + 1]!]] : []));
  const [, size, unit] = /^(\d+)([gm])b?$/.exec(mem_limit)!;
  return {
    settings: Object.fromEntries(pairs),
    container: Number(size) * (unit === "g" ? 1_024 : 1) * MEGABYTE,
  };
}

let server: TestRedis;
let redis: Redis;
beforeEach(async () => {
  // What is not said in the compose file is as Redis has it by itself.
  server = await startRedis({ maxmemory: "0", ...inCompose().settings });
  redis = new Redis(server.url);
});
afterEach(async () => {
  redis.disconnect();
  await server.stop();
});

test("the Redis of docker-compose.yml refuses writes before its container is full, and evicts nothing", async () => {
  await redis.set("first", "kept");
  let refusal = "";
  // Zeroes that are never touched are counted by Redis, and cost this machine nothing.
  for (let i = 0; i < 64 && !refusal; i++) {
    await redis.setrange(`big-${i}`, 32 * MEGABYTE - 1, "x").catch((error: Error) => {
      refusal = error.message;
    });
  }
  expect(refusal).toMatch(/^OOM /);
  const { used, limit } = await redisMemory(redis)();
  expect(used).toBeLessThan(0.75 * inCompose().container);
  expect(limit).toBeLessThan(0.75 * inCompose().container);
  expect(await redis.get("first")).toBe("kept");
  expect(await redis.info("stats")).toContain("evicted_keys:0");
  const [wrong] = (await checkRedis(redis)).filter(({ ok }) => !ok);
  expect(wrong?.what).toMatch(/^Redis uses \d+ MB of 640 MB$/);
});

test("a Redis without a memory limit is measured against its machine's memory, and the report says what to set", async () => {
  await redis.config("SET", "maxmemory", "0");
  const { used, limit } = await redisMemory(redis)();
  expect(limit).toBeGreaterThan(used);
  expect(limit).toBeLessThanOrEqual(totalmem());
  const [wrong] = (await checkRedis(redis)).filter(({ ok }) => !ok);
  expect(wrong?.what).toMatch(/has no limit of its own, where there are \d+ MB in all$/);
  expect(wrong?.advice).toMatch(/^Set maxmemory, for example to \d+ MB/);
});

test("a Redis limit above the machine's memory counts as no limit", async () => {
  await redis.config("SET", "maxmemory", String(8 * totalmem()));
  expect((await redisMemory(redis)()).limit).toBeLessThanOrEqual(totalmem());
  const [wrong] = (await checkRedis(redis)).filter(({ ok }) => !ok);
  expect(wrong?.advice).toMatch(/^Lower maxmemory/);
});

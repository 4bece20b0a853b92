import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { checkRedis } from "../../../../src/adapters/redis/connection/checks.ts";
import { ownRedis } from "../own-redis.ts";

const own = ownRedis();

/** What is not right, for somebody who may use all commands but these. */
async function problems(...forbidden: string[]): Promise<string[]> {
  await own.redis.call("ACL", "SETUSER", "guest", "reset", "on", ">secret", "~*", "+@all", ...forbidden);
  const guest = new Redis({
    port: Number(new URL(own.server.url).port),
    username: "guest",
    password: "secret",
  });
  try {
    const checks = await checkRedis(guest);
    expect(checks).toHaveLength(4);
    for (const { ok, advice } of checks) expect(advice === undefined).toBe(ok);
    return checks.filter(({ ok }) => !ok).map(({ what }) => what);
  } finally {
    guest.disconnect();
  }
}

test("a private server passes all Redis checks, even where CONFIG is forbidden", async () => {
  expect(await problems()).toEqual([]);
  expect(await problems("-config")).toEqual([]);
});

test("where INFO is forbidden, the checks read the settings and report what they cannot see", async () => {
  expect(await problems("-info")).toEqual([
    "It could not be seen which version Redis is",
    "It could not be seen how much memory Redis has left",
  ]);
  expect(await problems("-info", "-config")).toEqual([
    "It could not be seen which version Redis is",
    "It could not be seen whether Redis appends to disk",
    "It could not be seen what Redis evicts",
    "It could not be seen how much memory Redis has left",
  ]);
});

test("a Redis setting that would lose data is reported", async () => {
  await own.redis.config("SET", "appendonly", "no");
  await own.redis.config("SET", "maxmemory-policy", "allkeys-lru");
  await own.redis.config("SET", "maxmemory", "1mb");
  expect(await problems()).toEqual([
    "Redis does not append to disk",
    "Redis' eviction policy is allkeys-lru",
    expect.stringMatching(/^Redis uses \d+ MB of 1 MB$/),
  ]);
});

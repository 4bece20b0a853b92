import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { whenChanged, whenNamesChanged } from "../../../../src/adapters/redis/commands/whole-text.ts";

let redis: Redis;
let key: string;
beforeEach(() => {
  redis = new Redis(inject("redisUrl"));
  key = `test-${randomUUID()}`;
});
afterEach(async () => {
  await redis.del(key);
  redis.disconnect();
});

const keptAs = (texts: readonly string[]) => ({ made: [...texts], isKept: true });

test("what is made of a hash is made anew exactly when the hash has changed", async () => {
  const read = whenChanged(redis, key, keptAs);
  expect(await read()).toEqual([]);
  await redis.hset(key, "ios", "1", "Übersicht", '{"a":"\\u001f"}');
  const first = await read();
  expect(first).toEqual(["ios", "1", "Übersicht", '{"a":"\\u001f"}']);
  expect(await read()).toBe(first);
  await redis.hset(key, "ios", "2");
  expect(await read()).toContain("2");
  await redis.del(key);
  expect(await read()).toEqual([]);
});

test("what is not to be kept is made anew each time", async () => {
  await redis.hset(key, "ios", "1");
  let made = 0;
  const read = whenChanged(redis, key, () => ({ made: ++made, isKept: false }));
  expect([await read(), await read()]).toEqual([1, 2]);
});

test("an entry that holds the separator, written by hand, moves no other entry", async () => {
  await redis.hset(key, "ios", "one\u001ftwo", "web", "3");
  const read = whenChanged(redis, key, keptAs);
  expect(await read()).toEqual(["ios", "one\u001ftwo", "web", "3"]);
  await redis.hset(key, "web", "4");
  expect(await read()).toEqual(["ios", "one\u001ftwo", "web", "4"]);
});

test("the names of a hash are read anew exactly when one has come or gone", async () => {
  const read = whenNamesChanged(redis, key, (names) => [...names].sort());
  await redis.hset(key, "web", "1", "ios", "2");
  const first = await read();
  expect(first).toEqual(["ios", "web"]);
  await redis.hset(key, "web", "other");
  expect(await read()).toBe(first);
  await redis.hdel(key, "web");
  expect(await read()).toEqual(["ios"]);
});

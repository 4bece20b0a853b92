import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { z } from "zod";
import { jsonHash } from "../../../../src/adapters/redis/commands/json-hash.ts";
import type { PermanentError } from "../../../../src/errors.ts";

interface Thing {
  readonly size: number;
}

let redis: Redis;
let key: string;
let parsed: number;
let reported: PermanentError[];

beforeEach(() => {
  redis = new Redis(inject("redisUrl"));
  key = `test-${randomUUID()}`;
  parsed = 0;
  reported = [];
});
afterEach(async () => {
  await redis.del(key);
  redis.disconnect();
});

const schema: z.ZodType<Thing> = z.object({ size: z.number() }).refine(() => {
  parsed++;
  return true;
});
const open = (isContested = false) =>
  jsonHash(redis, { key, schema, remedy: "Forget it", isContested }, (problem) => reported.push(problem));

test("an entry is parsed once until its text changes, whoever changes it", async () => {
  const [own, other] = [open(), open()];
  await other.put("b", { size: 1 });
  await other.put("a", { size: 2 });
  for (let i = 0; i < 3; i++) {
    expect([...(await own.all())]).toEqual([
      ["a", { size: 2 }],
      ["b", { size: 1 }],
    ]);
    expect(await own.get("b")).toEqual({ size: 1 });
  }
  expect(parsed).toBe(2);

  await other.put("b", { size: 3 });
  expect(await own.get("b")).toEqual({ size: 3 });
  expect((await own.all()).get("b")).toEqual({ size: 3 });
  expect(parsed).toBe(3);
});

test("entries that others add and remove are seen at once, in order", async () => {
  const [own, other] = [open(), open()];
  const names = async () => [...(await own.all()).keys()];
  for (const name of ["c", "a"]) await other.put(name, { size: 1 });
  expect(await names()).toEqual(["a", "c"]);
  await other.put("b", { size: 1 });
  expect(await names()).toEqual(["a", "b", "c"]);
  await other.remove("a");
  await other.put("0", { size: 1 });
  expect(await names()).toEqual(["0", "b", "c"]);
  expect(await own.get("a")).toBeUndefined();
});

test("an entry that is damaged after it was read is reported at each look, and read again once it is mended", async () => {
  const own = open();
  await own.put("a", { size: 1 });
  expect((await own.all()).size).toBe(1);
  await redis.hset(key, "a", "{");
  for (let i = 1; i <= 2; i++) {
    expect((await own.all()).size).toBe(0);
    expect(reported).toHaveLength(i);
  }
  await redis.hset(key, "a", '{"size":1}');
  expect(await own.get("a")).toEqual({ size: 1 });
});

test("of many writers at once, none overwrites what another wrote in the meantime", async () => {
  const writers = Array.from({ length: 8 }, () => open(true));
  await open().put("a", { size: 0 });
  // Each has seen it before the others change it.
  for (const writer of writers) await writer.get("a");
  await Promise.all(
    writers.flatMap((writer) =>
      [1, 2, 3].map(() => writer.update("a", (stored) => ({ size: (stored?.size ?? 0) + 1 }))),
    ),
  );
  expect(await open().get("a")).toEqual({ size: 24 });
});

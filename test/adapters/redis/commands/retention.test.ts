import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { redisStores } from "../../../../src/adapters/redis/stores.ts";
import { DAY } from "../../../../src/time/time.ts";
import { anIncident, noon } from "../../../support/builders.ts";
import { startRedis, type TestRedis } from "../../../support/redis.ts";

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const late = noon + 401 * DAY;

test("the incidents of a watch are listed for 400 days", async () => {
  const { incidents } = redisStores(redis, { prefix: "incidents" });
  const opened = async (id: string, openedAt: number) =>
    (await incidents.save(anIncident({ id, openedAt })))!;
  await opened("ios-us.drop@2026-06-16T12", noon);
  const kept = await opened("ios-us.drop@2026-06-18T12", noon + 2 * DAY);
  const newest = await opened("ios-us.drop@2027-07-22T12", late);
  expect(await incidents.since("ios-us", 0)).toEqual([kept, newest]);
});

test("the alert groups of a group key are listed for 400 days", async () => {
  const { alertGroups } = redisStores(redis, { prefix: "groups" });
  const opened = async (openedAt: number) =>
    (await alertGroups.save({ id: `C1@${openedAt}`, groupKey: "C1", openedAt, members: [], version: 0 }))!;
  await opened(noon);
  const kept = await opened(noon + 2 * DAY);
  const newest = await opened(late);
  expect(await alertGroups.near("C1", 0, late)).toEqual([kept, newest]);
});

test("a change that is 90 days old leaves nothing in the change log", async () => {
  const { changes } = redisStores(redis, { prefix: "changes" });
  const plan = (name: string, at: number) => {
    const id = `${name}-change`;
    const event = { id: name, name, from: noon, to: noon + DAY, scope: {}, by: "U1", at };
    return changes.record([{ id, at, by: "U1", changed: { kind: "event", id: name, after: event } }]);
  };
  await plan("old", noon);
  expect(await written("changes")).toContain("old-change");
  await plan("new", noon + 91 * DAY);
  expect(await written("changes")).toContain("new-change");
  expect(await written("changes")).not.toContain("old-change");
});

/** All that the keys of a prefix hold. */
async function written(prefix: string): Promise<string> {
  const held = (await redis.keys(`*${prefix}*`)).map(async (key) => {
    switch (await redis.type(key)) {
      case "hash":
        return redis.hgetall(key);
      case "zset":
        return redis.zrangebyscore(key, "-inf", "+inf");
      case "set":
        return redis.smembers(key);
      default:
        return redis.get(key);
    }
  });
  return JSON.stringify(await Promise.all(held));
}

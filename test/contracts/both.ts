import { Redis } from "ioredis";
import { afterAll, beforeAll } from "vitest";
import { redisStores } from "../../src/adapters/redis/stores.ts";
import { fakeStores } from "../fakes.ts";
import { startRedis, type TestRedis } from "../redis.ts";

export type Stores = ReturnType<typeof fakeStores>;

let server: TestRedis;
let redis: Redis;
let opened = 0;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

// The fake is trusted elsewhere only because it passes what Redis passes.
/** The two kinds of stores, empty each time. */
export const both: [string, () => Stores][] = [
  ["the fake", fakeStores],
  ["Redis", () => redisStores(redis, { prefix: `test-${opened++}` })],
];

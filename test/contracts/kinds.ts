import { Redis } from "ioredis";
import { afterAll, beforeAll } from "vitest";
import { redisStores } from "../../src/adapters/redis/stores.ts";
import { metered } from "../../workers/monitoring/metered.ts";
import { createMetrics } from "../../workers/monitoring/metrics.ts";
import { fakeStores } from "../fakes.ts";
import { startRedis, type TestRedis } from "../redis.ts";
import { until } from "../until.ts";

export type Stores = ReturnType<typeof fakeStores>;

const servers: TestRedis[] = [];
let redis: Redis;
let cluster: Redis;
let opened = 0;

beforeAll(async () => {
  servers.push(await startRedis(), await startRedis({ "cluster-enabled": "yes" }));
  [redis, cluster] = servers.map(({ url }) => new Redis(url)) as [Redis, Redis];
  await cluster.cluster("ADDSLOTS", ...Array.from({ length: 16_384 }, (_, slot) => slot));
  await until(async () => /state:ok/.test(String(await cluster.cluster("INFO"))), "the cluster");
});
afterAll(async () => {
  redis.disconnect();
  cluster.disconnect();
  await Promise.all(servers.map((server) => server.stop()));
});

// The fake is trusted elsewhere only because it passes what Redis passes. The cluster refuses every command, script
// and transaction whose keys do not share a slot.
/** The kinds of stores, empty each time. */
export const kinds: [string, () => Stores][] = [
  ["the fake", fakeStores],
  ["Redis", () => redisStores(redis, { prefix: `test-${opened++}` })],
  ["a Redis cluster", () => redisStores(cluster, { prefix: `test-${opened++}` })],
];

const messenger = {} as Parameters<typeof metered>[0]["messenger"];

/** The same, and those whose writes are counted on the way. */
export const countedKinds: [string, () => Stores][] = [
  ...kinds,
  [
    "Redis, counted",
    () => metered({ ...redisStores(redis, { prefix: `test-${opened++}` }), messenger }, createMetrics(), {}),
  ],
];

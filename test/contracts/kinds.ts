import { Redis } from "ioredis";
import { afterAll, beforeAll } from "vitest";
import { redisStores } from "../../src/adapters/redis/stores.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import { metered } from "../../workers/monitoring/metered.ts";
import { createMetrics } from "../../workers/monitoring/metrics.ts";
import { startRedis, type TestRedis } from "../support/redis.ts";
import { freshStores } from "../support/stores.ts";
import { until } from "../support/until.ts";

let server: TestRedis;
let cluster: Redis;
let opened = 0;

beforeAll(async () => {
  server = await startRedis({ "cluster-enabled": "yes" });
  cluster = new Redis(server.url);
  await cluster.cluster("ADDSLOTS", ...Array.from({ length: 16_384 }, (_, slot) => slot));
  await until(async () => /state:ok/.test(String(await cluster.cluster("INFO"))), "the cluster");
});
afterAll(async () => {
  cluster.disconnect();
  await server.stop();
});

// The cluster refuses every command, script and transaction whose keys do not share a slot.
/** The kinds of stores, empty each time. */
export const kinds: [string, () => Stores][] = [
  ["Redis", freshStores],
  ["a Redis cluster", () => redisStores(cluster, { prefix: `test-${opened++}` })],
];

const messenger = {} as Parameters<typeof metered>[0]["messenger"];

/** The same, and those whose writes are counted on the way. */
export const countedKinds: [string, () => Stores][] = [
  ...kinds,
  ["Redis, counted", () => metered({ ...freshStores(), messenger }, createMetrics(), {})],
];

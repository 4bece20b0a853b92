import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { inject } from "vitest";
import { redisStores } from "../../src/adapters/redis/stores.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";

const connections = new Map<"redisUrl" | "clusterUrl", Redis>();

/** Ends the connections; files that share a process each open their own. */
export function closeStores(): void {
  for (const redis of connections.values()) redis.disconnect();
  connections.clear();
}

/** Empty stores, under a prefix of their own on the Redis that all tests of a run share. */
export const freshStores = (): Stores => storesOn("redisUrl");

/** The same on one of a cluster, which refuses every command, script and transaction whose keys do not share a slot. */
export const freshClusterStores = (): Stores => storesOn("clusterUrl");

function storesOn(server: "redisUrl" | "clusterUrl"): Stores {
  const redis = connections.get(server) ?? new Redis(inject(server));
  connections.set(server, redis);
  return redisStores(redis, { prefix: `test-${randomUUID()}` });
}

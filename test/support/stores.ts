import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { inject } from "vitest";
import { redisStores } from "../../src/adapters/redis/stores.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";

let redis: Redis | undefined;

/** Ends the connection; files that share a process each open one of their own. */
export function closeStores(): void {
  redis?.disconnect();
  redis = undefined;
}

/** Empty stores, under a prefix of their own on the Redis that all tests of a run share. */
export function freshStores(): Stores {
  redis ??= new Redis(inject("redisUrl"));
  return redisStores(redis, { prefix: `test-${randomUUID()}` });
}

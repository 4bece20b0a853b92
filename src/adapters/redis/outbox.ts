import type { Redis } from "ioredis";
import type { Outbox } from "../../pipeline/ports.ts";
import type { Keys } from "./keys.ts";

/** Incidents that may have something unsaid, as a set. */
export function redisOutbox(redis: Redis, keys: Keys): Outbox {
  const key = keys.outbox();
  return {
    async add(incidentId) {
      await redis.sadd(key, incidentId);
    },
    all: () => redis.smembers(key),
    async remove(incidentId) {
      await redis.srem(key, incidentId);
    },
  };
}

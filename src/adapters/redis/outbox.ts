import type { Redis } from "ioredis";
import type { Outbox } from "../../pipeline/ports.ts";
import type { Keys } from "./keys.ts";

/** Incidents that may have something unsaid, as a set. */
export function redisOutbox(redis: Redis, keys: Keys): Outbox {
  return {
    async add(incidentId) {
      await redis.sadd(keys.outbox(), incidentId);
    },
    async all() {
      return (await redis.smembers(keys.outbox())).sort();
    },
    async remove(incidentId) {
      await redis.srem(keys.outbox(), incidentId);
    },
  };
}

import type { Redis } from "ioredis";
import type { Outbox } from "../../pipeline/ports/incidents.ts";
import type { Keys } from "./keys.ts";

/** Incidents that may have something unsaid, each with its room, in one hash. */
export function redisOutbox(redis: Redis, keys: Keys): Outbox {
  return {
    async add(incidentId, room) {
      await redis.hset(keys.outbox(), incidentId, room);
    },
    async all() {
      return new Map(Object.entries(await redis.hgetall(keys.outbox())).sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    async remove(incidentId) {
      await redis.hdel(keys.outbox(), incidentId);
    },
  };
}

import type { Redis } from "ioredis";
import type { EventStore } from "../../../pipeline/ports/teaching.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";
import { eventSchema } from "../schemas.ts";

/** Planned events as JSON, by id, in one hash. */
export function redisEvents(redis: Redis, keys: Keys, report: Report): EventStore {
  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(keys.events()));
      return readEach(
        entries,
        ([id, json]) =>
          parseStored(
            eventSchema,
            json,
            `${keys.events()} ${id}`,
            `Forget this event: redis-cli HDEL '${keys.events()}' '${id}'.`,
          ),
        report,
      ).sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
    },
    async save(event) {
      await redis.hset(keys.events(), event.id, JSON.stringify(event));
    },
    async remove(id) {
      return (await redis.hdel(keys.events(), id)) === 1;
    },
  };
}

import type { Redis } from "ioredis";
import type { ProgressStore } from "../../pipeline/ports.ts";
import { parseStored, type Report, readEach } from "./damaged.ts";
import type { Keys } from "./keys.ts";
import { progressSchema } from "./schemas.ts";

/** Where each series stands, in one hash: a tick reads all of it at once. */
export function redisProgress(redis: Redis, keys: Keys, report: Report): ProgressStore {
  const read = (seriesId: string, json: string) =>
    parseStored(
      progressSchema,
      json,
      `${keys.progress()} ${seriesId}`,
      `Let the series begin anew: redis-cli HDEL '${keys.progress()}' '${seriesId}'.`,
    );

  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(keys.progress()));
      // A series without an entry is due, and its collection then fails by itself, which is seen.
      return new Map(readEach(entries, ([id, json]) => [id, read(id, json)] as const, report));
    },
    async of(seriesId) {
      const json = await redis.hget(keys.progress(), seriesId);
      return json === null ? undefined : read(seriesId, json);
    },
    async save(seriesId, { judgedThrough, notBefore }) {
      await redis.hset(keys.progress(), seriesId, JSON.stringify({ judgedThrough, notBefore }));
    },
    async remove(seriesId) {
      await redis.hdel(keys.progress(), seriesId);
    },
  };
}

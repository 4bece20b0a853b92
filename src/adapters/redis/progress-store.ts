import type { Redis } from "ioredis";
import type { ProgressStore } from "../../pipeline/ports.ts";
import { parseStored, type Report, readEach } from "./damaged.ts";
import type { Keys } from "./keys.ts";
import { progressSchema } from "./schemas.ts";
import { script } from "./script.ts";

const merge = script(`
local before = redis.call('HGET', KEYS[1], ARGV[1])
local standing = before and cjson.decode(before) or {}
for name, value in pairs(cjson.decode(ARGV[2])) do standing[name] = value end
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(standing))
`);

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
    async save(seriesId, change) {
      await merge(redis, [keys.progress()], [seriesId, JSON.stringify(change)]);
    },
    async remove(seriesId) {
      await redis.hdel(keys.progress(), seriesId);
    },
  };
}

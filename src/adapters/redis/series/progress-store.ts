import type { Redis } from "ioredis";
import type { ProgressStore } from "../../../pipeline/ports/series.ts";
import { damaged, parseStored, type Report, readEach } from "../commands/damaged.ts";
import { script } from "../commands/script.ts";
import type { Keys } from "../keys.ts";
import { progressSchema } from "../schemas.ts";

/** KEYS: progress. ARGV: series, the changes as JSON, null for a deleted field. */
const merge = script(`
local isRead, standing = pcall(cjson.decode, redis.call('HGET', KEYS[1], ARGV[1]) or '{}')
if not isRead or type(standing) ~= 'table' then return redis.error_reply('DAMAGED') end
for name, value in pairs(cjson.decode(ARGV[2])) do
  if value == cjson.null then standing[name] = nil else standing[name] = value end
end
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(standing))
`);

const undefinedAsNull = (_: string, value: unknown): unknown => (value === undefined ? null : value);

/** The progress of each series, in one hash: a tick reads all of it at once. */
export function redisProgress(redis: Redis, keys: Keys, report: Report): ProgressStore {
  const where = (seriesId: string) => `${keys.progress()} ${seriesId}`;
  const remedy = (seriesId: string) =>
    `Let the series begin anew: redis-cli HDEL '${keys.progress()}' '${seriesId}'.`;
  const read = (seriesId: string, json: string) =>
    parseStored(progressSchema, json, where(seriesId), remedy(seriesId));

  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(keys.progress()));
      // A series with a damaged entry counts as due; its collection then fails visibly.
      return new Map(readEach(entries, ([id, json]) => [id, read(id, json)] as const, report));
    },
    async of(seriesId) {
      const json = await redis.hget(keys.progress(), seriesId);
      return json === null ? undefined : read(seriesId, json);
    },
    async save(seriesId, change) {
      try {
        await merge(redis, [keys.progress()], [seriesId, JSON.stringify(change, undefinedAsNull)]);
      } catch (error) {
        if (!String(error).includes("DAMAGED")) throw error;
        throw damaged(where(seriesId), "it is no JSON", remedy(seriesId), error);
      }
    },
    async remove(seriesId) {
      await redis.hdel(keys.progress(), seriesId);
    },
  };
}

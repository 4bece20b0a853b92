import type { Redis } from "ioredis";
import type { ExclusionStore } from "../../../pipeline/ports/teaching.ts";
import type { Exclusion } from "../../../series/excluded-hours.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import { runWhole } from "../commands/transaction.ts";
import { type Keys, LIFE } from "../keys.ts";
import { exclusionSchema } from "../schemas.ts";

/** Exclusions as JSON, by id, in a hash for each series, and a set of the series that have any. */
export function redisExclusions(redis: Redis, keys: Keys, report: Report): ExclusionStore {
  async function of(seriesId: string): Promise<Exclusion[]> {
    const key = keys.exclusions(seriesId);
    return readEach(
      Object.entries(await redis.hgetall(key)),
      ([id, json]) =>
        parseStored(
          exclusionSchema,
          json,
          `${key} ${id}`,
          `Forget this exclusion: redis-cli HDEL '${key}' '${id}'.`,
        ),
      report,
    ).sort(byTime);
  }

  return {
    of,
    async all() {
      const ids = (await redis.smembers(keys.excluding())).sort();
      return (await Promise.all(ids.map(of))).flat();
    },
    async save(exclusion) {
      const { seriesId, id } = exclusion;
      const key = keys.exclusions(seriesId);
      const written = redis.multi().sadd(keys.excluding(), seriesId).hset(key, id, JSON.stringify(exclusion));
      await runWhole(written.expire(key, LIFE.series), key);
    },
    async remove(seriesId, id) {
      return (await redis.hdel(keys.exclusions(seriesId), id)) === 1;
    },
  };
}

const byTime = (a: Exclusion, b: Exclusion): number => a.from - b.from || (a.id < b.id ? -1 : 1);

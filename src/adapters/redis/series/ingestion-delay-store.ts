import type { Redis } from "ioredis";
import type { IngestionDelayStore } from "../../../pipeline/ports/series.ts";
import type { Report } from "../commands/damaged.ts";
import { jsonHash } from "../commands/json-hash.ts";
import type { Keys } from "../keys.ts";
import { ingestionDelaySchema } from "./schemas.ts";

const remedy = "Let it be learned again";

/** The ingestion delay of each series. */
export function redisIngestionDelays(redis: Redis, keys: Keys, report: Report): IngestionDelayStore {
  const hash = jsonHash(redis, { key: keys.ingestionDelays(), schema: ingestionDelaySchema, remedy }, report);
  return {
    all: hash.all,
    of: hash.get,
    save: hash.put,
    async remove(seriesId) {
      await hash.remove(seriesId);
    },
  };
}

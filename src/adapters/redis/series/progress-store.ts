import type { Redis } from "ioredis";
import type { ProgressStore } from "../../../pipeline/ports/series.ts";
import type { Progress } from "../../../series/due.ts";
import type { Report } from "../commands/damaged.ts";
import { jsonHash } from "../commands/json-hash.ts";
import type { Keys } from "../keys.ts";
import { progressSchema } from "./schemas.ts";

const remedy = "Let the series start again";

/**
 * The progress of each series, in one hash: a tick reads all of it at once. A series with a damaged entry counts as
 * due; its collection then fails visibly.
 */
export function redisProgress(redis: Redis, keys: Keys, report: Report): ProgressStore {
  const stored = { key: keys.progress(), schema: progressSchema, remedy, isStrict: true };
  const hash = jsonHash(redis, stored, report);
  return {
    all: hash.all,
    of: hash.get,
    async save(seriesId, change) {
      // JSON leaves out a field that is undefined.
      await hash.update(seriesId, (before) => ({ ...before, ...change }) as Progress);
    },
    async remove(seriesId) {
      await hash.remove(seriesId);
    },
  };
}

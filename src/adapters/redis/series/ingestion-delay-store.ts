import type { Redis } from "ioredis";
import type { IngestionDelayStore } from "../../../pipeline/ports/series.ts";
import { redact } from "../../../redact.ts";
import type { IngestionDelay } from "../../../series/ingestion-delay.ts";
import { SECOND } from "../../../time/time.ts";
import { damaged, type Report, readEach } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";

/** The ingestion delay of each series and its spread, in whole seconds, in one hash: `900 40`. */
export function redisIngestionDelays(redis: Redis, keys: Keys, report: Report): IngestionDelayStore {
  function read(seriesId: string, text: string): IngestionDelay {
    const parts = /^(\d{1,9}) (\d{1,9})$/.exec(text);
    if (parts) return { usual: Number(parts[1]) * SECOND, spread: Number(parts[2]) * SECOND };
    const remedy = `Let it be learned anew: redis-cli HDEL '${keys.ingestionDelays()}' '${seriesId}'.`;
    throw damaged(
      `${keys.ingestionDelays()} ${seriesId}`,
      `"${redact(text).slice(0, 40)}" is no delay`,
      remedy,
    );
  }

  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(keys.ingestionDelays()));
      return new Map(readEach(entries, ([id, text]) => [id, read(id, text)] as const, report));
    },
    async of(seriesId) {
      const text = await redis.hget(keys.ingestionDelays(), seriesId);
      return text === null ? undefined : readEach([text], (stored) => read(seriesId, stored), report)[0];
    },
    async save(seriesId, { usual, spread }) {
      const seconds = [usual, spread].map((ms) => Math.round(ms / SECOND));
      await redis.hset(keys.ingestionDelays(), seriesId, seconds.join(" "));
    },
    async remove(seriesId) {
      await redis.hdel(keys.ingestionDelays(), seriesId);
    },
  };
}

import type { Redis } from "ioredis";
import { z } from "zod";
import type { ProgressStore } from "../../pipeline/ports.ts";
import { type Damage, readJson } from "./json.ts";
import type { Keys } from "./keys.ts";

const progress = z
  .object({ judgedThrough: z.number().optional(), notBefore: z.number().optional() })
  .transform(
    // A series without a known place begins anew: that costs requests, never an alert.
    ({ judgedThrough, notBefore }) => ({
      ...(judgedThrough !== undefined && { judgedThrough }),
      ...(notBefore !== undefined && { notBefore }),
    }),
  );

/** Where each series stands, in one hash. */
export function redisProgress(redis: Redis, keys: Keys, damage: Damage): ProgressStore {
  const key = keys.progress();
  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(key));
      return new Map(
        entries.map(([id, json]) => [id, readJson(progress, json, `${key} ${id}`, damage) ?? {}]),
      );
    },
    async of(seriesId) {
      const json = await redis.hget(key, seriesId);
      return json === null ? undefined : readJson(progress, json, `${key} ${seriesId}`, damage);
    },
    async save(seriesId, standing) {
      await redis.hset(key, seriesId, JSON.stringify(standing));
    },
    async remove(seriesId) {
      await redis.hdel(key, seriesId);
    },
  };
}

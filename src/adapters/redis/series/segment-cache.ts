import type { Redis } from "ioredis";
import type { z } from "zod";
import type { CompanyZoneStore, ItemCache, SegmentCache } from "../../../pipeline/ports/series.ts";
import { canonicalZone } from "../../../time/zone.ts";
import { type Keys, LIFE } from "../keys.ts";
import { itemsSchema, segmentsSchema } from "./schemas.ts";

/** The last list of segments of each workspace, as JSON. */
export function redisSegments(redis: Redis, keys: Keys): SegmentCache {
  return {
    of: (workspace) => readList(redis, keys.segments(workspace), segmentsSchema),
    save: (workspace, listed) => saveList(redis, keys.segments(workspace), listed, LIFE.segments),
  };
}

/** The last lists of custom events and products of each workspace, as JSON. */
export function redisItems(redis: Redis, keys: Keys): ItemCache {
  return {
    of: (workspace, parameter) => readList(redis, keys.items(workspace, parameter), itemsSchema),
    save: (workspace, parameter, listed) =>
      saveList(redis, keys.items(workspace, parameter), listed, LIFE.items),
  };
}

/** The zone of each workspace's company. An unreadable one counts as unknown, and is read from Braze again. */
export function redisCompanyZones(redis: Redis, keys: Keys): CompanyZoneStore {
  return {
    async all() {
      const stored = Object.entries(await redis.hgetall(keys.companyZones()));
      return new Map(stored.filter(([, zone]) => canonicalZone(zone) !== undefined));
    },
    async save(workspace, zone) {
      await redis.hset(keys.companyZones(), workspace, zone);
    },
  };
}

// An unreadable list is read from Braze again.
async function readList<List>(redis: Redis, key: string, schema: z.ZodType<List>): Promise<List | undefined> {
  const json = await redis.get(key);
  return json === null ? undefined : schema.safeParse(parsedJson(json)).data;
}

async function saveList(redis: Redis, key: string, listed: unknown, life: number): Promise<void> {
  await redis.set(key, JSON.stringify(listed), "EX", life);
}

/** What a text holds; undefined where it is no JSON. */
export function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

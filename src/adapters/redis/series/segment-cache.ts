import type { Redis } from "ioredis";
import type { SegmentCache } from "../../../pipeline/ports/series.ts";
import { type Keys, LIFE } from "../keys.ts";
import { segmentsSchema } from "./schemas.ts";

/** The last list of segments of each workspace, as JSON. */
export function redisSegments(redis: Redis, keys: Keys): SegmentCache {
  return {
    async of(workspace) {
      const json = await redis.get(keys.segments(workspace));
      // An unreadable list is read from Braze again.
      return json === null ? undefined : segmentsSchema.safeParse(parsed(json)).data;
    },
    async save(workspace, listed) {
      await redis.set(keys.segments(workspace), JSON.stringify(listed), "EX", LIFE.segments);
    },
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

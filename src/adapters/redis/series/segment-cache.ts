import type { Redis } from "ioredis";
import type { SegmentCache } from "../../../pipeline/ports/console.ts";
import { type Keys, LIFE } from "../keys.ts";
import { segmentsSchema } from "../schemas.ts";

/** The segments of each workspace as they were last listed, as JSON. */
export function redisSegments(redis: Redis, keys: Keys): SegmentCache {
  return {
    async of(workspace) {
      const json = await redis.get(keys.segments(workspace));
      // What cannot be read is listed anew.
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

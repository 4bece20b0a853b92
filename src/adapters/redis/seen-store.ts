import type { Redis } from "ioredis";
import type { SeenStore } from "../../pipeline/ports/console.ts";
import type { Keys } from "./keys.ts";

/** One key for each thing that came in, gone by itself. */
export const redisSeen = (redis: Redis, keys: Keys): SeenStore => ({
  isFirst: async (id, within) => (await redis.set(keys.seen(id), "1", "PX", within, "NX")) === "OK",
});

import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { SeenStore } from "../../pipeline/ports/slack.ts";
import { claim } from "./commands/claim.ts";
import type { Keys } from "./keys.ts";

/** One key for each delivery, which expires; it holds the token of the first call. */
export const redisSeen = (redis: Redis, keys: Keys): SeenStore => ({
  isFirst: (id, within) => claim(redis, keys.seen(id), randomUUID(), within),
});

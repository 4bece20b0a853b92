import type { Redis } from "ioredis";
import { z } from "zod";
import type { SendStore } from "../../../pipeline/ports/series.ts";
import type { Send } from "../../../series/sends.ts";
import { instant, text } from "../commands/fields.ts";
import { runWhole } from "../commands/transaction.ts";
import { type Keys, LIFE } from "../keys.ts";
import { parsedJson } from "./segment-cache.ts";

/** A send as it is stored. */
const sendSchema: z.ZodType<Send> = z.object({
  id: text,
  name: text,
  kind: z.enum(["campaign", "canvas"]),
  time: instant,
  scope: z.object({ workspace: text }),
});

/** Sends as JSON in a sorted set for each workspace, by their time. An unreadable one is left out: it explains nothing. */
export const redisSends = (redis: Redis, keys: Keys): SendStore => ({
  async between(workspace, from, to) {
    const stored = await redis.zrangebyscore(keys.sends(workspace), from, to);
    return stored.flatMap((json) => sendSchema.safeParse(parsedJson(json)).data ?? []);
  },
  async plan(workspace, planned, now) {
    const key = keys.sends(workspace);
    const transaction = redis
      .multi()
      .zremrangebyscore(key, `(${now}`, "+inf")
      .zremrangebyscore(key, "-inf", now - LIFE.sends * 1000);
    for (const send of planned) transaction.zadd(key, send.time, JSON.stringify(send));
    await runWhole(transaction.expire(key, LIFE.sends), key);
  },
});

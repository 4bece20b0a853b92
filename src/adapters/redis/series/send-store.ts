import type { Redis } from "ioredis";
import { z } from "zod";
import type { SendStore } from "../../../pipeline/ports/series.ts";
import { CALENDAR_AHEAD, type CalendarKnown } from "../../../series/missing-sends.ts";
import type { Send } from "../../../series/sends.ts";
import { HOUR } from "../../../time/time.ts";
import { instant, text } from "../commands/fields.ts";
import { runWhole } from "../commands/transaction.ts";
import { type Keys, LIFE } from "../keys.ts";
import { parsedJson } from "./segment-cache.ts";

/** A send as it is stored. */
const sendSchema = z.object({
  id: text,
  name: text,
  kind: z.enum(["campaign", "canvas"]),
  time: instant,
  channels: z.array(text).exactOptional(),
  audience: z.number().exactOptional(),
  scope: z.object({ workspace: text }),
});

const readSend = (json: string): Send | undefined => sendSchema.safeParse(parsedJson(json)).data;

/** Of which time a calendar is known, as it is stored. */
const knownSchema: z.ZodType<CalendarKnown> = z.object({ since: instant, lastRead: instant });

/** Sends as JSON in a sorted set for each workspace, by their time. An unreadable one is left out: it explains nothing. */
export function redisSends(redis: Redis, keys: Keys): SendStore {
  async function known(workspace: string): Promise<CalendarKnown | undefined> {
    const stored = await redis.hget(keys.calendars(), workspace);
    return stored === null ? undefined : knownSchema.safeParse(parsedJson(stored)).data;
  }

  return {
    known,
    async between(workspace, from, to) {
      const stored = await redis.zrangebyscore(keys.sends(workspace), from, to);
      return stored.flatMap((json) => readSend(json) ?? []);
    },
    async add(send) {
      const key = keys.sends(send.scope.workspace);
      const near = await redis.zrangebyscore(key, send.time - HOUR, send.time + HOUR);
      if (near.some((json) => readSend(json)?.id === send.id)) return;
      await runWhole(redis.multi().zadd(key, send.time, JSON.stringify(send)).expire(key, LIFE.sends), key);
    },
    async describe(send) {
      const key = keys.sends(send.scope.workspace);
      const stored = await redis.zrangebyscore(key, send.time, send.time);
      const before = stored.filter((json) => readSend(json)?.id === send.id);
      if (before.length === 0) return;
      await runWhole(
        redis
          .multi()
          .zrem(key, ...before)
          .zadd(key, send.time, JSON.stringify(send)),
        key,
      );
    },
    async plan(workspace, planned, now) {
      const key = keys.sends(workspace);
      const before = await known(workspace);
      // What a reading named ahead is known until the next one; after a longer silence it is not.
      const since = before && now <= before.lastRead + CALENDAR_AHEAD ? before.since : now;
      const transaction = redis
        .multi()
        .zremrangebyscore(key, `(${now}`, "+inf")
        .zremrangebyscore(key, "-inf", now - LIFE.sends * 1000);
      for (const send of planned) transaction.zadd(key, send.time, JSON.stringify(send));
      transaction.expire(key, LIFE.sends);
      transaction.hset(keys.calendars(), workspace, JSON.stringify({ since, lastRead: now }));
      await runWhole(transaction, key);
    },
  };
}

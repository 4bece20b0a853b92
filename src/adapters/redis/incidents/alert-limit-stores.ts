import type { Redis } from "ioredis";
import type { OverflowStore, SpendingStore } from "../../../pipeline/ports/budget.ts";
import { compareAndSet } from "../commands/compare-and-set.ts";
import { parseStored } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";
import { overflowSchema, spendingSchema } from "./schemas.ts";

/** The spending of each channel's alert limit, as JSON beside its version. */
export const redisSpendings = (redis: Redis, keys: Keys): SpendingStore => ({
  async of(channel) {
    const key = keys.spending(channel);
    const json = await redis.hget(key, "spending");
    const remedy = `Let the budget begin anew: redis-cli DEL '${key}'.`;
    return json === null ? undefined : parseStored(spendingSchema, json, key, remedy);
  },
  save: (spending) =>
    compareAndSet(redis, spending, { record: keys.spending(spending.id), field: "spending" }),
});

/** Overflow summaries as JSON beside their version. */
export const redisOverflows = (redis: Redis, keys: Keys): OverflowStore => ({
  async byId(id) {
    const key = keys.overflow(channelIn(id), id);
    const json = await redis.hget(key, "digest");
    const remedy = `Forget this digest: redis-cli DEL '${key}'.`;
    return json === null ? undefined : parseStored(overflowSchema, json, key, remedy);
  },
  save: (overflow) =>
    compareAndSet(redis, overflow, { record: keys.overflow(overflow.channel, overflow.id), field: "digest" }),
});

const channelIn = (id: string): string => id.slice(0, Math.max(0, id.indexOf(".")));

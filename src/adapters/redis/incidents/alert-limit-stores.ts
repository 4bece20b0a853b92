import type { Redis } from "ioredis";
import type { LimitUsageStore, OverflowStore } from "../../../pipeline/ports/alert-limits.ts";
import { compareAndSet, readVersioned } from "../commands/compare-and-set.ts";
import type { Keys } from "../keys.ts";
import { limitUsageSchema, overflowSchema } from "./schemas.ts";

const usage = { schema: limitUsageSchema, remedy: "Let the alert limit start again" };

/** The usage of each channel's alert limit, as JSON beside its version. */
export const redisLimitUsages = (redis: Redis, keys: Keys): LimitUsageStore => ({
  of: async (channel) => (await readVersioned(redis, [keys.limitUsage(channel)], usage))[0],
  save: (changed) => compareAndSet(redis, changed, { record: keys.limitUsage(changed.id) }),
});

const overflow = { schema: overflowSchema, remedy: "Forget this overflow summary" };

/** Overflow summaries as JSON beside their version. */
export const redisOverflows = (redis: Redis, keys: Keys): OverflowStore => ({
  byId: async (id) => (await readVersioned(redis, [keys.overflow(channelIn(id), id)], overflow))[0],
  save: (changed) => compareAndSet(redis, changed, { record: keys.overflow(changed.channel, changed.id) }),
});

const channelIn = (id: string): string => id.slice(0, Math.max(0, id.indexOf(".")));

import type { Redis } from "ioredis";
import type { AlertGroupStore } from "../../../pipeline/ports/incidents.ts";
import { compareAndSet, readVersioned } from "../commands/compare-and-set.ts";
import type { Keys } from "../keys.ts";
import { alertGroupSchema } from "./schemas.ts";

const stored = { schema: alertGroupSchema, remedy: "Forget this alert group" };

/** Alert groups as JSON beside their version, and for each group key a list by time. */
export function redisAlertGroups(redis: Redis, keys: Keys): AlertGroupStore {
  const readAll = (ids: readonly string[]) =>
    readVersioned(
      redis,
      ids.map((id) => keys.alertGroup(groupKeyIn(id), id)),
      stored,
    );
  return {
    byId: async (id) => (await readAll([id]))[0],
    near: async (groupKey, from, to) =>
      readAll(await redis.zrangebyscore(keys.alertGroups(groupKey), from, to)),
    save: (alertGroup) =>
      compareAndSet(redis, alertGroup, {
        record: keys.alertGroup(alertGroup.groupKey, alertGroup.id),
        list: { key: keys.alertGroups(alertGroup.groupKey), at: alertGroup.openedAt },
      }),
  };
}

const groupKeyIn = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf("@")));

import type { Redis } from "ioredis";
import type { AlertGroupStore } from "../../../pipeline/ports/incidents.ts";
import { compareAndSet } from "../commands/compare-and-set.ts";
import { parseStored } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";
import { alertGroupSchema } from "./schemas.ts";

/** Alert groups as JSON beside their version, and for each group key a list by time. */
export function redisAlertGroups(redis: Redis, keys: Keys): AlertGroupStore {
  async function readAll(ids: readonly string[]) {
    const names = ids.map((id) => keys.alertGroup(groupKeyIn(id), id));
    const jsons = await Promise.all(names.map((key) => redis.hget(key, "cause")));
    return names.flatMap((key, i) =>
      jsons[i]
        ? [parseStored(alertGroupSchema, jsons[i], key, `Forget this cause: redis-cli DEL '${key}'.`)]
        : [],
    );
  }
  return {
    byId: async (id) => (await readAll([id]))[0],
    near: async (groupKey, from, to) =>
      readAll(await redis.zrangebyscore(keys.alertGroups(groupKey), from, to)),
    save: (alertGroup) =>
      compareAndSet(redis, alertGroup, {
        record: keys.alertGroup(alertGroup.groupKey, alertGroup.id),
        field: "cause",
        list: { key: keys.alertGroups(alertGroup.groupKey), at: alertGroup.openedAt },
      }),
  };
}

const groupKeyIn = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf("@")));

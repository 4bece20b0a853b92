import type { Redis } from "ioredis";
import type { CauseStore } from "../../../pipeline/ports/incidents.ts";
import { compareAndSet } from "../commands/compare-and-set.ts";
import { parseStored } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";
import { causeSchema } from "../schemas.ts";

/** Causes as JSON beside their version, and for each room a list by time. */
export function redisCauses(redis: Redis, keys: Keys): CauseStore {
  async function readAll(ids: readonly string[]) {
    const names = ids.map((id) => keys.cause(roomIn(id), id));
    const jsons = await Promise.all(names.map((key) => redis.hget(key, "cause")));
    return names.flatMap((key, i) =>
      jsons[i] ? [parseStored(causeSchema, jsons[i], key, `Forget this cause: redis-cli DEL '${key}'.`)] : [],
    );
  }
  return {
    byId: async (id) => (await readAll([id]))[0],
    near: async (room, from, to) => readAll(await redis.zrangebyscore(keys.causes(room), from, to)),
    save: (cause) =>
      compareAndSet(redis, cause, {
        record: keys.cause(cause.room, cause.id),
        field: "cause",
        list: { key: keys.causes(cause.room), at: cause.openedAt },
      }),
  };
}

const roomIn = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf("@")));

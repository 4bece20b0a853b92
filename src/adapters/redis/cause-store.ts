import type { Redis } from "ioredis";
import type { CauseStore } from "../../pipeline/ports/incidents.ts";
import { parseStored } from "./damaged.ts";
import { type Keys, LIFE } from "./keys.ts";
import { causeSchema } from "./schemas.ts";
import { script } from "./script.ts";

/**
 * Compare-and-set, together with the room's list of causes.
 * KEYS: cause, causes. ARGV: version before, cause as JSON, id, opened at, life in seconds.
 */
const save = script(`
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or 0)
if version ~= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', version + 1, 'cause', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', tonumber(ARGV[4]) - tonumber(ARGV[5]) * 1000)
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[5]) end
return 1
`);

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
    async save(cause) {
      const { id, room, version, openedAt } = cause;
      const next = { ...cause, version: version + 1 };
      const slot = [keys.cause(room, id), keys.causes(room)];
      const isSaved = await save(redis, slot, [version, JSON.stringify(next), id, openedAt, LIFE.incident]);
      return isSaved === 1 ? next : undefined;
    },
  };
}

const roomIn = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf("@")));

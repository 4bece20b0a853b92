import type { Redis } from "ioredis";
import type { ChangeStore } from "../../../pipeline/ports/console.ts";
import type { Change } from "../../../settings/change.ts";
import { KEPT } from "../../../settings/limits.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import { script } from "../commands/script.ts";
import type { Keys } from "../keys.ts";
import { changeSchema, undoneSchema } from "./change-schema.ts";

/**
 * Keeps a change unless it is kept, and forgets those that are too old.
 * KEYS: changes, times, undone, unannounced. ARGV: id, when, JSON, the newest instant that is too old.
 */
const record = script(`
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[3]) == 0 then return 0 end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('ZADD', KEYS[4], ARGV[2], ARGV[1])
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])) do
  redis.call('HDEL', KEYS[1], id)
  redis.call('HDEL', KEYS[3], id)
  redis.call('ZREM', KEYS[4], id)
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
return 1
`);

/**
 * Notes that a change was undone, if there is one and it was not, and that this is to be told.
 * KEYS: changes, times, undone, unannounced. ARGV: id, JSON.
 */
const undo = script(`
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
if redis.call('HSETNX', KEYS[3], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('ZADD', KEYS[4], redis.call('ZSCORE', KEYS[2], ARGV[1]) or 0, ARGV[1])
return 1
`);

/**
 * Notes that a change was told, unless it was undone since.
 * KEYS: changes, times, undone, unannounced. ARGV: id, 1 if it was told as undone.
 */
const told = script(`
local isThere = redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1
if isThere and redis.call('HEXISTS', KEYS[3], ARGV[1]) ~= tonumber(ARGV[2]) then return 0 end
return redis.call('ZREM', KEYS[4], ARGV[1])
`);

/** Changes as JSON in one hash, ordered by a sorted set; who undid one stands beside it. */
export function redisChanges(redis: Redis, keys: Keys, report: Report): ChangeStore {
  const slot = [keys.changes(), keys.changeTimes(), keys.undoneChanges(), keys.unannounced()];

  function read(id: string, json: string, undone: string | null | undefined): Change {
    const remedy = `Forget it: redis-cli HDEL '${keys.changes()}' '${id}'.`;
    const change = parseStored(changeSchema, json, `${keys.changes()} ${id}`, remedy);
    if (!undone) return change;
    return { ...change, undone: parseStored(undoneSchema, undone, `${keys.undoneChanges()} ${id}`, remedy) };
  }

  return {
    async record(change) {
      await record(redis, slot, [change.id, change.at, JSON.stringify(change), change.at - KEPT]);
    },
    async byId(id) {
      const json = await redis.hget(keys.changes(), id);
      return json === null ? undefined : read(id, json, await redis.hget(keys.undoneChanges(), id));
    },
    async since(since) {
      const ids = await redis.zrevrangebyscore(keys.changeTimes(), "+inf", since);
      if (ids.length === 0) return [];
      const [jsons, undone] = await Promise.all([
        redis.hmget(keys.changes(), ...ids),
        redis.hmget(keys.undoneChanges(), ...ids),
      ]);
      // One that was forgotten between the two reads is no longer there.
      const there = ids.flatMap((id, i) => (jsons[i] ? [[id, jsons[i], undone[i]] as const] : []));
      return readEach(there, (entry) => read(...entry), report);
    },
    markUndone: async (id, undone) => (await undo(redis, slot, [id, JSON.stringify(undone)])) === 1,
    unannounced: () => redis.zrange(keys.unannounced(), "0", "-1"),
    async markAnnounced(id, isUndone) {
      await told(redis, slot, [id, isUndone ? 1 : 0]);
    },
  };
}

import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { ChangeStore, Recorded, Undoing } from "../../../pipeline/ports/settings.ts";
import type { Change } from "../../../settings/change.ts";
import { KEPT } from "../../../settings/limits.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import { script } from "../commands/script.ts";
import type { Keys } from "../keys.ts";
import { changeSchema, undoneSchema } from "./change-schema.ts";
import { stepsOf } from "./setting-places.ts";
import { PLACE } from "./watch-store.ts";

/**
 * Writes settings and the entries of their changes, or nothing: see `ChangeStore.record`. The token in the first entry
 * recognizes a call that is repeated because its reply was lost.
 * KEYS: changes, times, undone, unannounced, watched, watchers, excluding, then those of the settings. ARGV: what to
 * write, as JSON; an empty text stands for an absent setting.
 */
const record = script(`
local plan = cjson.decode(ARGV[1])
if redis.call('HGET', KEYS[1], plan.entries[1].id) == plan.entries[1].json then return 'recorded' end

local function stored(step)
  local json
  if step.field then json = redis.call('HGET', KEYS[step.key], step.field)
  else json = redis.call('GET', KEYS[step.key]) end
  return json or ''
end
local undoing = plan.undoing
if undoing then
  local isThere = redis.call('HEXISTS', KEYS[1], undoing.id) == 1
  if not isThere or redis.call('HEXISTS', KEYS[3], undoing.id) == 1 then return 'undone-before' end
end
for _, step in ipairs(plan.steps) do
  if stored(step) ~= step.before then return 'overtaken' end
end
for _, entry in ipairs(plan.entries) do
  if redis.call('HEXISTS', KEYS[1], entry.id) == 1 then return 'taken' end
end

${PLACE}
for _, step in ipairs(plan.steps) do
  if step.watch then place(KEYS[5], KEYS[6], step.watch, step.series) end
  if step.after == '' then
    if step.field then redis.call('HDEL', KEYS[step.key], step.field) else redis.call('DEL', KEYS[step.key]) end
  elseif step.field then redis.call('HSET', KEYS[step.key], step.field, step.after)
  else redis.call('SET', KEYS[step.key], step.after) end
  if step.excluding then redis.call('SADD', KEYS[7], step.excluding) end
  if step.life then redis.call('EXPIRE', KEYS[step.key], step.life) end
end
for _, entry in ipairs(plan.entries) do
  redis.call('HSET', KEYS[1], entry.id, entry.json)
  redis.call('ZADD', KEYS[2], entry.at, entry.id)
end
redis.call('ZADD', KEYS[4], plan.entries[1].at, plan.entries[1].id)
if undoing then
  redis.call('HSET', KEYS[3], undoing.id, undoing.undone)
  redis.call('ZADD', KEYS[4], redis.call('ZSCORE', KEYS[2], undoing.announcement) or 0, undoing.announcement)
end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', plan.forget)) do
  redis.call('HDEL', KEYS[1], id)
  redis.call('HDEL', KEYS[3], id)
  redis.call('ZREM', KEYS[4], id)
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', plan.forget)
return 'recorded'
`);

/**
 * Records that changes were announced, unless one of them was undone since.
 * KEYS: changes, times, undone, unannounced. ARGV: id, how many were announced as undone, the ids of all.
 */
const removeAnnounced = script(`
local undone = 0
for i = 3, #ARGV do undone = undone + redis.call('HEXISTS', KEYS[3], ARGV[i]) end
if undone ~= tonumber(ARGV[2]) then return 0 end
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
  const byId = async (id: string): Promise<Change | undefined> => {
    const json = await redis.hget(keys.changes(), id);
    return json === null ? undefined : read(id, json, await redis.hget(keys.undoneChanges(), id));
  };
  const undoingOf = async ({ id, undone }: Undoing) => ({
    id,
    undone: JSON.stringify(undone),
    announcement: (await byId(id))?.batch ?? id,
  });

  return {
    byId,
    async record(changes, undoing) {
      const token = randomUUID();
      const entries = changes.map((change) => ({
        id: change.id,
        at: change.at,
        json: JSON.stringify({ ...change, token }),
      }));
      const back = undoing && (await undoingOf(undoing));
      for (;;) {
        const steps = await stepsOf(changes, redis, keys);
        if (!steps) return "overtaken";
        const settings = [...new Set(steps.map(({ key }) => key))];
        const first = slot.length + INDEXES + 1;
        const plan = {
          entries,
          steps: steps.map((step) => ({ ...step, key: first + settings.indexOf(step.key) })),
          forget: changes[0].at - KEPT,
          ...(back && { undoing: back }),
        };
        const indexes = [keys.watched(), keys.watchers(), keys.excluding()];
        const outcome = await record(redis, [...slot, ...indexes, ...settings], [JSON.stringify(plan)]);
        // Rewritten in between, it may still have the same content.
        if (outcome !== "overtaken") return outcome as Recorded;
      }
    },
    async since(since) {
      const ids = await redis.zrevrangebyscore(keys.changeTimes(), "+inf", since);
      if (ids.length === 0) return [];
      const [jsons, undone] = await Promise.all([
        redis.hmget(keys.changes(), ...ids),
        redis.hmget(keys.undoneChanges(), ...ids),
      ]);
      // An entry that was deleted between the two reads.
      const there = ids.flatMap((id, i) => (jsons[i] ? [[id, jsons[i], undone[i]] as const] : []));
      return readEach(there, (entry) => read(...entry), report);
    },
    unannounced: () => redis.zrange(keys.unannounced(), "0", "-1"),
    async markAnnounced(id, all) {
      const undone = all.filter((change) => change.undone).length;
      await removeAnnounced(redis, slot, [id, undone, ...all.map((change) => change.id)]);
    },
  };
}

/** The keys of `record` between those of the changes and those of the settings. */
const INDEXES = 3;

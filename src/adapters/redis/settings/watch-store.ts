import type { Redis } from "ioredis";
import type { WatchStore } from "../../../pipeline/ports/watches.ts";
import { seriesId } from "../../../series/series.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import { script } from "../commands/script.ts";
import type { Keys } from "../keys.ts";
import { watchSchema } from "../schemas.ts";

/**
 * Moves a watch to a series, or away from all, in one step with the watch itself.
 * KEYS: watches, watched, watchers. ARGV: watch id, and to save it: series id, JSON, and the JSON it is to replace where
 * it may replace nothing else. Answers how many there were.
 */
const place = script(`
local id, series = ARGV[1], ARGV[2]
if ARGV[4] and redis.call('HGET', KEYS[1], id) ~= ARGV[4] then return 0 end
local function others(name)
  local kept = {}
  for word in string.gmatch(redis.call('HGET', KEYS[3], name) or '', '%S+') do
    if word ~= id then table.insert(kept, word) end
  end
  return kept
end

local before = redis.call('HGET', KEYS[2], id)
if before and before ~= series then
  local kept = others(before)
  if #kept == 0 then redis.call('HDEL', KEYS[3], before)
  else redis.call('HSET', KEYS[3], before, table.concat(kept, ' ')) end
end
if not series then
  redis.call('HDEL', KEYS[2], id)
  return redis.call('HDEL', KEYS[1], id)
end
if before ~= series then
  local all = others(series)
  table.insert(all, id)
  redis.call('HSET', KEYS[3], series, table.concat(all, ' '))
end
redis.call('HSET', KEYS[2], id, series)
redis.call('HSET', KEYS[1], id, ARGV[3])
return before and 1 or 0
`);

/** Watches as JSON in one hash, with an index both ways between watches and series. */
export function redisWatches(redis: Redis, keys: Keys, report: Report): WatchStore {
  const slot = [keys.watches(), keys.watched(), keys.watchers()];
  const read = (id: string, json: string) =>
    parseStored(
      watchSchema,
      json,
      `${keys.watches()} ${id}`,
      `Remove the watch, redis-cli HDEL '${keys.watches()}' '${id}', and add it again.`,
    );
  const readAll = (entries: (readonly [string, string])[]) =>
    readEach(entries, ([id, json]) => read(id, json), report);

  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(keys.watches()));
      return readAll(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    async byId(id) {
      const json = await redis.hget(keys.watches(), id);
      return json === null ? undefined : read(id, json);
    },
    async forSeries(series) {
      const ids = (await redis.hget(keys.watchers(), series))?.split(" ");
      if (!ids) return [];
      const jsons = await redis.hmget(keys.watches(), ...ids);
      // A watch that was removed between the two reads is no longer there.
      return readAll(ids.flatMap((id, i) => (jsons[i] ? [[id, jsons[i]] as const] : [])));
    },
    async seriesIds() {
      return (await redis.hkeys(keys.watchers())).sort();
    },
    async save(watch) {
      await place(redis, slot, [watch.id, seriesId(watch.series), JSON.stringify(watch)]);
    },
    async amend(id, to) {
      for (;;) {
        const json = await redis.hget(keys.watches(), id);
        if (json === null) return undefined;
        const before = read(id, json);
        const after = to(before);
        if (after === before) return undefined;
        const values = [id, seriesId(after.series), JSON.stringify(after), json];
        if ((await place(redis, slot, values)) === 1) return { before, after };
      }
    },
    async remove(id) {
      return (await place(redis, slot, [id])) === 1;
    },
  };
}

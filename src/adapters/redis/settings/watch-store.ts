import type { Redis } from "ioredis";
import type { WatchStore } from "../../../pipeline/ports/settings.ts";
import { seriesId } from "../../../series/series.ts";
import type { Report } from "../commands/damaged.ts";
import { jsonHash } from "../commands/json-hash.ts";
import { script } from "../commands/script.ts";
import type { Keys } from "../keys.ts";
import { settingHashes } from "./setting-hashes.ts";

/** Lua: puts a watch under its series, or under none, in both indexes. */
export const PLACE = `
local function place(watched, watchers, id, series)
  local function others(name)
    local kept = {}
    for word in string.gmatch(redis.call('HGET', watchers, name) or '', '%S+') do
      if word ~= id then table.insert(kept, word) end
    end
    return kept
  end
  local before = redis.call('HGET', watched, id)
  if before and before ~= series then
    local kept = others(before)
    if #kept == 0 then redis.call('HDEL', watchers, before)
    else redis.call('HSET', watchers, before, table.concat(kept, ' ')) end
  end
  if not series then return redis.call('HDEL', watched, id) end
  if before ~= series then
    local all = others(series)
    table.insert(all, id)
    redis.call('HSET', watchers, series, table.concat(all, ' '))
  end
  redis.call('HSET', watched, id, series)
end
`;

/**
 * Writes a watch, or removes it, in one step with its indexes. KEYS: watches, watched, watchers. ARGV: watch id, and to
 * save it: series id, JSON. Answers how many there were.
 */
const put = script(`
${PLACE}
place(KEYS[2], KEYS[3], ARGV[1], ARGV[2])
if not ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end
return 1 - redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
`);

/** Watches as JSON in one hash, with an index both ways between watches and series. */
export function redisWatches(redis: Redis, keys: Keys, report: Report): WatchStore {
  const slot = [keys.watches(), keys.watched(), keys.watchers()];
  const hash = jsonHash(redis, settingHashes(keys).watches, report);

  return {
    all: async () => [...(await hash.all()).values()],
    byId: hash.get,
    async forSeries(series) {
      const ids = (await redis.hget(keys.watchers(), series))?.split(" ");
      return ids ? [...(await hash.among(ids)).values()] : [];
    },
    async seriesIds() {
      return (await redis.hkeys(keys.watchers())).sort();
    },
    async save(watch) {
      await put(redis, slot, [watch.id, seriesId(watch.series), JSON.stringify(watch)]);
    },
    async remove(id) {
      return (await put(redis, slot, [id])) === 1;
    },
  };
}

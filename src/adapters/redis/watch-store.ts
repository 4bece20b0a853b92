import type { Redis } from "ioredis";
import { seriesId } from "../../core/series.ts";
import type { Watch } from "../../core/watch.ts";
import type { WatchStore } from "../../pipeline/ports.ts";
import { type Damage, readJson } from "./json.ts";
import type { Keys } from "./keys.ts";
import { watchShape } from "./shapes.ts";

// The index holds `series|watch`; beside it stands which series each watch was put under, so that it can be moved.
// One step, since two people may change the same watch at once.
const FORGET = `
local before = redis.call('HGET', KEYS[3], ARGV[1])
if before then redis.call('ZREM', KEYS[2], before .. '|' .. ARGV[1]) end
`;
const SAVE = `${FORGET}
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[3])
redis.call('ZADD', KEYS[2], 0, ARGV[3] .. '|' .. ARGV[1])
`;
const REMOVE = `${FORGET}
redis.call('HDEL', KEYS[3], ARGV[1])
return redis.call('HDEL', KEYS[1], ARGV[1])
`;

/** Watches in one hash, with an index by series. */
export function redisWatches(redis: Redis, keys: Keys, damage: Damage): WatchStore {
  const list = keys.watches();
  const index = keys.watchIndex();
  const places = keys.watchPlaces();
  const open = (id: string, json: string): Watch | undefined =>
    readJson(watchShape, json, `${list} ${id}`, damage);
  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(list));
      return entries
        .map(([id, json]) => open(id, json))
        .filter((watch) => watch !== undefined)
        .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
    async byId(id) {
      const json = await redis.hget(list, id);
      return json === null ? undefined : open(id, json);
    },
    async forSeries(series) {
      const entries = await redis.zrangebylex(index, `[${series}|`, `(${series}}`);
      if (entries.length === 0) return [];
      const ids = entries.map((entry) => entry.slice(series.length + 1));
      const found = await redis.hmget(list, ...ids);
      return ids.flatMap((id, i) => (found[i] ? (open(id, found[i]) ?? []) : []));
    },
    async seriesIds() {
      const entries = await redis.zrange(index, "0", "-1");
      return [...new Set(entries.map((entry) => entry.slice(0, entry.indexOf("|"))))];
    },
    async save(watch) {
      await redis.eval(SAVE, 3, list, index, places, watch.id, JSON.stringify(watch), seriesId(watch.series));
    },
    async remove(id) {
      return (await redis.eval(REMOVE, 3, list, index, places, id)) === 1;
    },
  };
}

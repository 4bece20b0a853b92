import type { Redis } from "ioredis";
import { type Incident, isLive, watchIdOf } from "../../core/incident.ts";
import type { IncidentStore } from "../../pipeline/ports.ts";
import { type Damage, readJson } from "./json.ts";
import { type Keys, LIFE } from "./keys.ts";
import { incidentShape } from "./shapes.ts";

// Compare and set: nothing is written unless what is stored still has the version that was read.
const SAVE = `
local before = redis.call('GET', KEYS[1])
local version = before and cjson.decode(before).version or 0
if version ~= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[6])
if ARGV[5] == '1' then redis.call('SADD', KEYS[2], ARGV[3]) else redis.call('SREM', KEYS[2], ARGV[3]) end
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', tonumber(ARGV[4]) - tonumber(ARGV[6]) * 1000)
return 1
`;

/** Incidents as JSON, with the live ones and all of them listed a watch. */
export function redisIncidents(redis: Redis, keys: Keys, damage: Damage): IncidentStore {
  const open = async (watchId: string, ids: readonly string[]): Promise<Incident[]> => {
    if (ids.length === 0) return [];
    const found = await redis.mget(ids.map((id) => keys.incident(watchId, id)));
    return found
      .flatMap((json, i) =>
        json ? (readJson(incidentShape, json, keys.incident(watchId, ids[i]!), damage) ?? []) : [],
      )
      .sort((a, b) => a.openedAt - b.openedAt);
  };
  return {
    byId: async (id) => (await open(watchIdOf(id), [id]))[0],
    live: async (watchId) => open(watchId, await redis.smembers(keys.live(watchId))),
    since: async (watchId, since) =>
      open(watchId, await redis.zrangebyscore(keys.incidents(watchId), since, "+inf")),
    async save(incident) {
      const { id, watchId, version, openedAt } = incident;
      const next = { ...incident, version: version + 1 };
      const saved = await redis.eval(
        SAVE,
        3,
        keys.incident(watchId, id),
        keys.live(watchId),
        keys.incidents(watchId),
        version,
        JSON.stringify(next),
        id,
        openedAt,
        isLive(next) ? "1" : "0",
        LIFE.incident,
      );
      return saved === 1 ? next : undefined;
    },
  };
}

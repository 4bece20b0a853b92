import type { Redis } from "ioredis";
import { type Incident, isLive, watchIdOf } from "../../core/incident.ts";
import type { IncidentStore } from "../../pipeline/ports/incidents.ts";
import { parseStored } from "./damaged.ts";
import { type Keys, LIFE } from "./keys.ts";
import { incidentSchema } from "./schemas.ts";
import { script } from "./script.ts";

/**
 * Compare-and-set, together with the watch's lists of incidents.
 * KEYS: incident, live, incidents. ARGV: version before, incident as JSON, id, 1 if live, opened at, life in seconds.
 */
const save = script(`
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or 0)
if version ~= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', version + 1, 'incident', ARGV[2])
redis.call(ARGV[4] == '1' and 'SADD' or 'SREM', KEYS[2], ARGV[3])
redis.call('ZADD', KEYS[3], ARGV[5], ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', tonumber(ARGV[5]) - tonumber(ARGV[6]) * 1000)
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[6]) end
return 1
`);

/** Incidents as JSON beside their version, and for each watch the set of the live ones and a list by time. */
export function redisIncidents(redis: Redis, keys: Keys): IncidentStore {
  const read = (key: string, json: string) =>
    parseStored(incidentSchema, json, key, `Forget this incident: redis-cli DEL '${key}'.`);

  async function readAll(watchId: string, ids: readonly string[]): Promise<Incident[]> {
    const names = ids.map((id) => keys.incident(watchId, id));
    const jsons = await Promise.all(names.map((key) => redis.hget(key, "incident")));
    // One whose life is over is still listed until its watch next has an incident.
    return names.flatMap((key, i) => (jsons[i] ? [read(key, jsons[i])] : []));
  }

  return {
    async byId(id) {
      return (await readAll(watchIdOf(id), [id]))[0];
    },
    async live(watchId) {
      const incidents = await readAll(watchId, await redis.smembers(keys.live(watchId)));
      return incidents.filter(isLive).sort(byTime);
    },
    async since(watchId, since) {
      return readAll(watchId, await redis.zrangebyscore(keys.incidents(watchId), since, "+inf"));
    },
    async save(incident) {
      const { id, watchId, version, openedAt } = incident;
      if (watchIdOf(id) !== watchId)
        throw new RangeError(`Incident ${id} does not name its watch ${watchId}`);
      const next = { ...incident, version: version + 1 };
      const slot = [keys.incident(watchId, id), keys.live(watchId), keys.incidents(watchId)];
      const isSaved = await save(redis, slot, [
        version,
        JSON.stringify(next),
        id,
        isLive(next) ? 1 : 0,
        openedAt,
        LIFE.incident,
      ]);
      return isSaved === 1 ? next : undefined;
    },
  };
}

const byTime = (a: Incident, b: Incident): number => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1);

import type { Redis } from "ioredis";
import type { RecheckStore } from "../../../pipeline/ports/incidents.ts";
import type { Keys } from "../keys.ts";

/** Incidents to re-check, each with the instant and its group key, in one hash. */
export function redisRechecks(redis: Redis, keys: Keys): RecheckStore {
  return {
    async due(now) {
      return Object.entries(await redis.hgetall(keys.rechecks()))
        .map(([incidentId, text]) => {
          const [at = "", groupKey = ""] = text.split(" ");
          return { incidentId, groupKey, at: Number(at) };
        })
        .filter(({ at }) => at <= now)
        .sort((a, b) => a.at - b.at || (a.incidentId < b.incidentId ? -1 : 1));
    },
    async save(appointments) {
      if (appointments.length === 0) return;
      const fields = appointments.flatMap(({ incidentId, groupKey, at }) => [
        incidentId,
        `${at} ${groupKey}`,
      ]);
      await redis.hset(keys.rechecks(), ...fields);
    },
    async remove(incidentIds) {
      if (incidentIds.length > 0) await redis.hdel(keys.rechecks(), ...incidentIds);
    },
  };
}

import type { Redis } from "ioredis";
import type { Agenda } from "../../../pipeline/ports/incidents.ts";
import type { Keys } from "../keys.ts";

/** Incidents to be looked at again, each with the instant and its room, in one hash. */
export function redisAgenda(redis: Redis, keys: Keys): Agenda {
  return {
    async due(now) {
      return Object.entries(await redis.hgetall(keys.agenda()))
        .map(([incidentId, text]) => {
          const [at = "", room = ""] = text.split(" ");
          return { incidentId, room, at: Number(at) };
        })
        .filter(({ at }) => at <= now)
        .sort((a, b) => a.at - b.at || (a.incidentId < b.incidentId ? -1 : 1));
    },
    async save(appointments) {
      if (appointments.length === 0) return;
      const fields = appointments.flatMap(({ incidentId, room, at }) => [incidentId, `${at} ${room}`]);
      await redis.hset(keys.agenda(), ...fields);
    },
    async remove(incidentIds) {
      if (incidentIds.length > 0) await redis.hdel(keys.agenda(), ...incidentIds);
    },
  };
}

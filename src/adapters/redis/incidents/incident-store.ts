import type { Redis } from "ioredis";
import { type Incident, isLive, watchIdOf } from "../../../incidents/incident.ts";
import type { IncidentStore } from "../../../pipeline/ports/incidents.ts";
import { compareAndSet, readVersioned } from "../commands/compare-and-set.ts";
import type { Keys } from "../keys.ts";
import { incidentSchema } from "./schemas.ts";

/** Incidents as JSON beside their version, and for each watch the set of the live ones and a list by time. */
export function redisIncidents(redis: Redis, keys: Keys): IncidentStore {
  // An expired incident stays listed until its watch next has an incident.
  const readAll = (watchId: string, ids: readonly string[]) =>
    readVersioned(
      redis,
      ids.map((id) => keys.incident(watchId, id)),
      { schema: incidentSchema, remedy: "Forget this incident" },
    );

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
      const { id, watchId, openedAt } = incident;
      if (watchIdOf(id) !== watchId)
        throw new RangeError(`Incident ${id} does not name its watch ${watchId}`);
      return compareAndSet(redis, incident, {
        record: keys.incident(watchId, id),
        list: { key: keys.incidents(watchId), at: openedAt },
        live: { key: keys.live(watchId), isLive: isLive(incident) },
      });
    },
  };
}

const byTime = (a: Incident, b: Incident): number => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1);

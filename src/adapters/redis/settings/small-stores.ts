import type { Redis } from "ioredis";
import { scopeName } from "../../../notifications/mute.ts";
import type {
  AppStore,
  EventStore,
  ExclusionStore,
  MuteStore,
  PermissionStore,
  ProductChangeStore,
  RouteStore,
} from "../../../pipeline/ports/settings.ts";
import { isSame } from "../../../settings/change.ts";
import { parseStored, type Report } from "../commands/damaged.ts";
import { jsonHash } from "../commands/json-hash.ts";
import { runWhole } from "../commands/transaction.ts";
import { type Keys, LIFE } from "../keys.ts";
import { permissionsSchema } from "./schemas.ts";
import { appField, settingHashes } from "./setting-hashes.ts";

/** The apps that people named. */
export function redisApps(redis: Redis, keys: Keys, report: Report): AppStore {
  const hash = jsonHash(redis, settingHashes(keys).apps, report);
  return {
    all: async () => [...(await hash.all()).values()],
    save: (app) => hash.put(appField(app.workspace, app.app), app),
    remove: (workspace, app) => hash.remove(appField(workspace, app)),
  };
}

/** Planned events, by id. */
export function redisEvents(redis: Redis, keys: Keys, report: Report): EventStore {
  const hash = jsonHash(redis, settingHashes(keys).events, report);
  return {
    all: async () => [...(await hash.all()).values()].sort(byTime),
    save: (event) => hash.put(event.id, event),
    remove: hash.remove,
  };
}

/** Product changes, by id. */
export function redisProductChanges(redis: Redis, keys: Keys, report: Report): ProductChangeStore {
  const hash = jsonHash(redis, settingHashes(keys).productChanges, report);
  return {
    all: async () =>
      [...(await hash.all()).values()].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1)),
    async forget(ids) {
      if (ids.length > 0) await redis.hdel(keys.productChanges(), ...ids);
    },
  };
}

/** Routes, by id. */
export function redisRoutes(redis: Redis, keys: Keys, report: Report): RouteStore {
  const hash = jsonHash(redis, settingHashes(keys).routes, report);
  return {
    all: async () => [...(await hash.all()).values()],
    save: (route) => hash.put(route.id, route),
    remove: hash.remove,
  };
}

/** Mutes, by scope. The caller's clock, never Redis', decides whether one is in force. */
export function redisMutes(redis: Redis, keys: Keys, report: Report): MuteStore {
  const hash = jsonHash(redis, settingHashes(keys).mutes, report);
  return {
    all: async () => [...(await hash.all()).values()],
    save: (mute) => hash.put(scopeName(mute.scope), mute),
    remove: (scope) => hash.remove(scopeName(scope)),
    async forget(mute) {
      await hash.update(scopeName(mute.scope), (stored) => (isSame(stored, mute) ? undefined : stored));
    },
  };
}

/** Exclusions, by id in a hash for each series, and a set of the series that have any. */
export function redisExclusions(redis: Redis, keys: Keys, report: Report): ExclusionStore {
  const hashOf = (seriesId: string) => jsonHash(redis, settingHashes(keys).exclusions(seriesId), report);
  const of = async (seriesId: string) => [...(await hashOf(seriesId).all()).values()].sort(byTime);
  return {
    of,
    async all() {
      const ids = (await redis.smembers(keys.excluding())).sort();
      return (await Promise.all(ids.map(of))).flat();
    },
    async save(exclusion) {
      const { seriesId, id } = exclusion;
      const key = keys.exclusions(seriesId);
      const written = redis.multi().sadd(keys.excluding(), seriesId).hset(key, id, JSON.stringify(exclusion));
      await runWhole(written.expire(key, LIFE.series), key);
    },
    remove: (seriesId, id) => hashOf(seriesId).remove(id),
  };
}

/** The permissions, under one key. */
export const redisPermissions = (redis: Redis, keys: Keys): PermissionStore => ({
  async get() {
    const json = await redis.get(keys.permissions());
    if (json === null) return undefined;
    return parseStored(
      permissionsSchema,
      json,
      keys.permissions(),
      `Delete it, and set the permissions again with /tidewatch who-can: redis-cli DEL '${keys.permissions()}'.`,
    );
  },
  async set(permissions) {
    await redis.set(keys.permissions(), JSON.stringify(permissions));
  },
});

interface Timed {
  readonly id: string;
  readonly from: number;
}

const byTime = (a: Timed, b: Timed): number => a.from - b.from || (a.id < b.id ? -1 : 1);

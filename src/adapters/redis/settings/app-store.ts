import type { Redis } from "ioredis";
import type { AppStore } from "../../../pipeline/ports/console.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";
import { appSchema } from "../schemas.ts";

/** The apps that people named, as JSON, in one hash. */
export function redisApps(redis: Redis, keys: Keys, report: Report): AppStore {
  const fieldOf = (workspace: string, app: string) => `${workspace}.${app}`;
  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(keys.apps()));
      return readEach(
        entries.sort(([a], [b]) => (a < b ? -1 : 1)),
        ([name, json]) =>
          parseStored(
            appSchema,
            json,
            `${keys.apps()} ${name}`,
            `Forget the app's name, redis-cli HDEL '${keys.apps()}' '${name}', and give it again.`,
          ),
        report,
      );
    },
    async save(app) {
      await redis.hset(keys.apps(), fieldOf(app.workspace, app.app), JSON.stringify(app));
    },
    async remove(workspace, app) {
      return (await redis.hdel(keys.apps(), fieldOf(workspace, app))) === 1;
    },
  };
}

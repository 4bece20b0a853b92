import type { Redis } from "ioredis";
import { scopeName } from "../../../notifications/mute.ts";
import type { MuteStore } from "../../../pipeline/ports/watches.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";
import { muteSchema } from "../schemas.ts";

/** Mutes as JSON, by scope, in one hash. Whether one still holds is asked of the caller's clock, never of Redis'. */
export function redisMutes(redis: Redis, keys: Keys, report: Report): MuteStore {
  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(keys.mutes()));
      return readEach(
        entries.sort(([a], [b]) => (a < b ? -1 : 1)),
        ([name, json]) =>
          parseStored(
            muteSchema,
            json,
            `${keys.mutes()} ${name}`,
            `Forget this mute: redis-cli HDEL '${keys.mutes()}' '${name}'.`,
          ),
        report,
      );
    },
    async save(mute) {
      await redis.hset(keys.mutes(), scopeName(mute.scope), JSON.stringify(mute));
    },
    async remove(scope) {
      return (await redis.hdel(keys.mutes(), scopeName(scope))) === 1;
    },
  };
}

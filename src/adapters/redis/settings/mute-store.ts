import type { Redis } from "ioredis";
import { scopeName } from "../../../notifications/mute.ts";
import type { MuteStore } from "../../../pipeline/ports/watches.ts";
import { isSame } from "../../../settings/change.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import { script } from "../commands/script.ts";
import type { Keys } from "../keys.ts";
import { muteSchema } from "../schemas.ts";

/** Removes a mute that is still as it was read. KEYS: mutes. ARGV: scope, JSON. */
const forget = script(`
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end
`);

/** Mutes as JSON, by scope, in one hash. The caller's clock, never Redis', decides whether one is in force. */
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
    async forget(mute) {
      const name = scopeName(mute.scope);
      const json = await redis.hget(keys.mutes(), name);
      if (json === null) return;
      const [stored] = readEach([json], (text) => parseStored(muteSchema, text, name, ""), report);
      if (isSame(stored, mute)) await forget(redis, [keys.mutes()], [name, json]);
    },
  };
}

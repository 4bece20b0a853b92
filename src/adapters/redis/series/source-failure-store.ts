import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { TroubleStore } from "../../../pipeline/ports/ops.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import { script } from "../commands/script.ts";
import type { Keys } from "../keys.ts";
import { troubleSchema } from "../schemas.ts";

/**
 * Answers 1 when it is news, also to whoever asks again since only that answer was lost: the token tells.
 * KEYS: troubles. ARGV: workspace, trouble, report as JSON with the token, token.
 */
const raise = script(`
local stored = redis.call('HGET', KEYS[1], ARGV[1])
local isRead, known = pcall(cjson.decode, stored or '')
if isRead and type(known) == 'table' and known.trouble == ARGV[2] then
  return known.token == ARGV[4] and 1 or 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
`);

/** KEYS: troubles. ARGV: workspace. Answers what was there. */
const take = script(`
local stored = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
return stored
`);

/** What keeps workspaces from being read, as JSON in one hash. */
export function redisTroubles(redis: Redis, keys: Keys, report: Report): TroubleStore {
  const read = (workspace: string, json: string) =>
    parseStored(
      troubleSchema,
      json,
      `${keys.troubles()} ${workspace}`,
      `Forget it, what is still wrong will be noticed again: redis-cli HDEL '${keys.troubles()}' '${workspace}'.`,
    );

  const readAll = (entries: readonly (readonly [string, string])[]) =>
    new Map(readEach(entries, ([name, json]) => [name, read(name, json)] as const, report));

  return {
    async all() {
      return readAll(Object.entries(await redis.hgetall(keys.troubles())));
    },
    async among(names) {
      const jsons = await redis.hmget(keys.troubles(), ...names);
      return readAll(names.flatMap((name, i) => (jsons[i] ? [[name, jsons[i]] as const] : [])));
    },
    async raise(workspace, trouble) {
      const token = randomUUID();
      const values = [workspace, trouble.trouble, JSON.stringify({ ...trouble, token }), token];
      return (await raise(redis, [keys.troubles()], values)) === 1;
    },
    async clear(workspace) {
      const json = (await take(redis, [keys.troubles()], [workspace])) as string | null;
      return json === null ? undefined : readEach([json], (stored) => read(workspace, stored), report)[0];
    },
  };
}

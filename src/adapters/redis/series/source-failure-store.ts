import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { FailureStore } from "../../../pipeline/ports/ops.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import { script } from "../commands/script.ts";
import type { Keys } from "../keys.ts";
import { failureSchema } from "../schemas.ts";

/**
 * Returns 1 when the failure is new, also for a repeated call whose reply was lost: the token shows that.
 * KEYS: failures. ARGV: workspace, failure, report as JSON with the token, token.
 */
const raise = script(`
local stored = redis.call('HGET', KEYS[1], ARGV[1])
local isRead, known = pcall(cjson.decode, stored or '')
if isRead and type(known) == 'table' and known.failure == ARGV[2] then
  return known.token == ARGV[4] and 1 or 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
`);

/** KEYS: failures. ARGV: workspace. Returns the former entry. */
const take = script(`
local stored = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
return stored
`);

/** Failures as JSON in one hash. */
export function redisFailures(redis: Redis, keys: Keys, report: Report): FailureStore {
  const read = (workspace: string, json: string) =>
    parseStored(
      failureSchema,
      json,
      `${keys.failures()} ${workspace}`,
      `Forget it, what is still wrong will be noticed again: redis-cli HDEL '${keys.failures()}' '${workspace}'.`,
    );

  const readAll = (entries: readonly (readonly [string, string])[]) =>
    new Map(readEach(entries, ([name, json]) => [name, read(name, json)] as const, report));

  return {
    async all() {
      return readAll(Object.entries(await redis.hgetall(keys.failures())));
    },
    async among(names) {
      const jsons = await redis.hmget(keys.failures(), ...names);
      return readAll(names.flatMap((name, i) => (jsons[i] ? [[name, jsons[i]] as const] : [])));
    },
    async raise(workspace, failure) {
      const token = randomUUID();
      const values = [workspace, failure.failure, JSON.stringify({ ...failure, token }), token];
      return (await raise(redis, [keys.failures()], values)) === 1;
    },
    async clear(workspace) {
      const json = (await take(redis, [keys.failures()], [workspace])) as string | null;
      return json === null ? undefined : readEach([json], (stored) => read(workspace, stored), report)[0];
    },
  };
}

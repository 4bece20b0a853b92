import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { z } from "zod";
import { LIFE } from "../keys.ts";
import { parseStored } from "./damaged.ts";
import { script } from "./script.ts";

/** An object that changes only if no other writer came first. */
interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** Where a record is stored, and the lists of its kind, all in one slot. */
export interface Place {
  readonly record: string;
  /** The list of all records of its kind by time, and its instant there. */
  readonly list?: { readonly key: string; readonly at: number };
  /** The set of live records, and whether it belongs there; only beside a list. */
  readonly live?: { readonly key: string; readonly isLive: boolean };
}

/**
 * The token recognizes a write that is repeated because its reply was lost: it succeeded.
 * KEYS: record, then if they exist: list, set of the live ones.
 * ARGV: version before, JSON, life in seconds, id, its place in the list or -, 1 if live or -, token.
 */
const save = script(`
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or 0)
if version ~= tonumber(ARGV[1]) then
  return redis.call('HGET', KEYS[1], 'token') == ARGV[7] and 1 or 0
end
redis.call('HSET', KEYS[1], 'version', version + 1, 'token', ARGV[7], 'json', ARGV[2])
if KEYS[2] then
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[4])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', tonumber(ARGV[5]) - tonumber(ARGV[3]) * 1000)
end
if KEYS[3] then redis.call(ARGV[6] == '1' and 'SADD' or 'SREM', KEYS[3], ARGV[4]) end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[3]) end
return 1
`);

/** Where records of one kind are read, and what to do about a damaged one: "Forget this incident". */
interface Reading<Thing> {
  readonly schema: z.ZodType<Thing>;
  readonly remedy: string;
}

/** The records under these keys; those that are not there are left out. Throws for a damaged one. */
export async function readVersioned<Thing>(
  redis: Redis,
  records: readonly string[],
  { schema, remedy }: Reading<Thing>,
): Promise<Thing[]> {
  const jsons = await Promise.all(records.map((key) => redis.hget(key, "json")));
  return records.flatMap((key, i) =>
    jsons[i] ? [parseStored(schema, jsons[i], key, `${remedy}: redis-cli DEL '${key}'.`)] : [],
  );
}

/** Writes a record with its version raised by one, together with its lists; undefined when another writer came first. */
export async function compareAndSet<Thing extends Versioned>(
  redis: Redis,
  before: Thing,
  { record, list, live }: Place,
): Promise<Thing | undefined> {
  const { id, version } = before;
  const next = { ...before, version: version + 1 };
  const keys = [record, ...(list ? [list.key] : []), ...(live ? [live.key] : [])];
  const json = JSON.stringify(next);
  const values = [version, json, LIFE.incident, id, list?.at ?? "-", live?.isLive ? "1" : "-", randomUUID()];
  return (await save(redis, keys, values)) === 1 ? next : undefined;
}

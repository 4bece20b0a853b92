import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { z } from "zod";
import { parseStored, type Report, readEach } from "./damaged.ts";
import { replaceField } from "./replace-field.ts";
import { script } from "./script.ts";

/** Removes an entry and returns it, to one alone of many callers at once. KEYS: hash. ARGV: name. */
const take = script(`
local stored = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
return stored
`);

/** A hash of things of one kind, each as JSON under its name. */
export interface HashOf<Thing> {
  readonly key: string;
  readonly schema: z.ZodType<Thing>;
  /** What it means to delete an entry, which is what to do about a damaged one: "Forget this mute". */
  readonly remedy: string;
  /** Whether a damaged entry is an error for who asks for it alone. @default it is reported and counts as absent */
  readonly isStrict?: boolean;
  /** Whether `update` tells equal writes of two writers apart. @default the second counts as a repetition */
  readonly isContested?: boolean;
}

/**
 * The entries of a hash. Damaged ones are reported with the command that deletes them, and left out. An entry is parsed
 * only if its text has changed since it was last read: each minute thousands are read, and few have changed.
 */
export function jsonHash<Thing extends object>(redis: Redis, hash: HashOf<Thing>, report: Report) {
  const { key, schema, remedy, isStrict = false, isContested = false } = hash;
  const known = new Map<string, { readonly json: string; readonly thing: Thing }>();
  let names: readonly string[] = [];
  let order: readonly number[] = [];
  const parse = (name: string, json: string): Thing => {
    const before = known.get(name);
    if (before?.json === json) return before.thing;
    const advice = `${remedy}: redis-cli HDEL '${key}' '${name}'.`;
    const thing = parseStored(schema, json, `${key} ${name}`, advice);
    known.set(name, { json, thing });
    return thing;
  };
  const parseAll = (entries: readonly (readonly [string, string])[]): Map<string, Thing> =>
    new Map(readEach(entries, ([name, json]) => [name, parse(name, json)] as const, report));
  const parseOne = (name: string, json: string): Thing | undefined =>
    isStrict ? parse(name, json) : parseAll([[name, json]]).get(name);

  return {
    /** All of them, by name. */
    async all(): Promise<Map<string, Thing>> {
      // Names and texts in turn: an object of thousands of names would take longer than reading them, as would sorting.
      const stored = (await redis.call("HGETALL", key)) as string[];
      if (stored.length !== 2 * names.length || !names.every((name, i) => name === stored[2 * i])) {
        names = stored.filter((_, i) => i % 2 === 0);
        order = [...names.keys()].sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
        const isThere = new Set(names);
        for (const name of known.keys()) if (!isThere.has(name)) known.delete(name);
      }
      return parseAll(order.map((i) => [names[i]!, stored[2 * i + 1]!]));
    },
    /** Those of these names. */
    async among(names: readonly string[]): Promise<Map<string, Thing>> {
      const jsons = await redis.hmget(key, ...names);
      return parseAll(names.flatMap((name, i) => (jsons[i] ? [[name, jsons[i]] as const] : [])));
    },
    async get(name: string): Promise<Thing | undefined> {
      const json = await redis.hget(key, name);
      return json === null ? undefined : parseOne(name, json);
    },
    /** Adds or replaces. */
    async put(name: string, thing: Thing): Promise<void> {
      await redis.hset(key, name, JSON.stringify(thing));
    },
    /** Returns whether it existed. */
    async remove(name: string): Promise<boolean> {
      return (await redis.hdel(key, name)) === 1;
    },
    /** Removes an entry and returns it; of many callers at once, one gets it. */
    async take(name: string): Promise<Thing | undefined> {
      const json = (await take(redis, [key], [name])) as string | null;
      return json === null ? undefined : parseOne(name, json);
    },
    /**
     * Changes an entry as it is stored now, and returns what is stored then; undefined removes it. What `change` returns
     * unchanged is not written. `change` is called again if another writer came first.
     */
    async update(
      name: string,
      change: (stored: Thing | undefined) => Thing | undefined,
    ): Promise<Thing | undefined> {
      const changed = (json: string | undefined) => {
        const stored = json === undefined ? undefined : parseOne(name, json);
        const next = change(stored);
        if (next === stored) return { next, text: json };
        // The token tells a repeated write, whose reply was lost, from an equal one of another writer.
        const written = isContested ? { ...next, token: randomUUID() } : next;
        return { next, text: next && JSON.stringify(written) };
      };
      const { next } = await replaceField(redis, key, name, changed, known.get(name)?.json);
      return next;
    },
  };
}

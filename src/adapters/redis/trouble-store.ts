import type { Redis } from "ioredis";
import { z } from "zod";
import type { TroubleReport, TroubleStore } from "../../pipeline/ports.ts";
import { type Damage, readJson } from "./json.ts";
import type { Keys } from "./keys.ts";

const reportShape = z.object({
  trouble: z.string(),
  message: z.string(),
  advice: z.string(),
  since: z.number(),
}) as unknown as z.ZodType<TroubleReport>;

// Only what is new is written, so that a trouble keeps the instant it began at. Two workers may find it at once.
const RAISE = `
local before = redis.call('HGET', KEYS[1], ARGV[1])
if before and cjson.decode(before).trouble == ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
`;
const CLEAR = `
local before = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
return before
`;

/** What keeps workspaces (and single series) from being read, in one hash. */
export function redisTroubles(redis: Redis, keys: Keys, damage: Damage): TroubleStore {
  const key = keys.troubles();
  const open = (name: string, json: string) => readJson(reportShape, json, `${key} ${name}`, damage);
  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(key));
      return new Map(entries.flatMap(([name, json]) => [[name, open(name, json)] as const]).filter(isKnown));
    },
    async raise(name, report) {
      return (await redis.eval(RAISE, 1, key, name, JSON.stringify(report), report.trouble)) === 1;
    },
    async clear(name) {
      const before = await redis.eval(CLEAR, 1, key, name);
      return typeof before === "string" ? open(name, before) : undefined;
    },
  };
}

const isKnown = (entry: readonly [string, TroubleReport | undefined]): entry is [string, TroubleReport] =>
  entry[1] !== undefined;

import type { Redis } from "ioredis";
import { z } from "zod";
import type { Breakdown } from "../../../incidents/breakdown.ts";
import type { LikelyCause } from "../../../incidents/likely-cause.ts";
import type { BreakdownStore } from "../../../pipeline/ports/breakdowns.ts";
import { WEEK } from "../../../time/time.ts";
import { instant, text } from "../commands/fields.ts";
import { script } from "../commands/script.ts";
import { type Keys, LIFE } from "../keys.ts";
import { counted } from "../settings/schemas.ts";

const numbers = { observed: z.number(), expected: z.number() };
const part = z.object({ ...numbers, name: text, isAsExpected: z.boolean() });

/** A breakdown as it is stored. */
const breakdownSchema: z.ZodType<Breakdown> = z.object({
  through: instant,
  whole: z.object(numbers),
  apps: z.array(part),
  segments: z.array(part),
  metrics: z.array(part.extend({ counted: z.object(counted) })),
});

/** A likely cause as it is stored. */
const causeSchema: z.ZodType<LikelyCause> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("source"), apps: z.number() }),
  z.object({ kind: z.literal("release"), change: text, isOnlyOneApp: z.boolean() }),
  z.object({ kind: z.literal("send"), send: text }),
  z.object({ kind: z.literal("missing-send"), send: text, weeks: z.number() }),
  z.object({ kind: z.literal("tokens") }),
  z.object({ kind: z.literal("checkout") }),
]);

/** KEYS: the requests taken in a week. ARGV: how many to take, the most, the life in seconds. */
const take = script(`
local taken = tonumber(redis.call('GET', KEYS[1]) or '0') or 0
if taken + tonumber(ARGV[1]) > tonumber(ARGV[2]) then return 0 end
redis.call('SET', KEYS[1], taken + tonumber(ARGV[1]), 'EX', ARGV[3])
return 1
`);

/** Breakdowns as JSON, one key each, and a counter for each workspace and week. */
export const redisBreakdowns = (redis: Redis, keys: Keys): BreakdownStore => ({
  async of(incidentId) {
    const json = await redis.get(keys.breakdown(incidentId));
    // An unreadable one is read from Braze again.
    return json === null ? undefined : breakdownSchema.safeParse(parsed(json)).data;
  },
  async save(incidentId, breakdown) {
    await redis.set(keys.breakdown(incidentId), JSON.stringify(breakdown), "EX", LIFE.incident);
  },
  async saveCause(alertGroupId, cause) {
    await redis.set(keys.likelyCause(alertGroupId), JSON.stringify(cause), "EX", LIFE.incident);
  },
  async causes(alertGroupIds) {
    const found = await Promise.all(
      alertGroupIds.map(async (id) => {
        const json = await redis.get(keys.likelyCause(id));
        const cause = json === null ? undefined : causeSchema.safeParse(parsed(json)).data;
        return cause ? [[id, cause] as const] : [];
      }),
    );
    return new Map(found.flat());
  },
  async take(workspace, requests, most, now) {
    const key = keys.breakdownRequests(workspace, Math.floor(now / WEEK));
    return (await take(redis, [key], [requests, most, WEEK / 500])) === 1;
  },
});

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

import type { Redis } from "ioredis";
import type { Allowance } from "../../core/allowance.ts";
import { HOUR, hourOf } from "../../core/time.ts";
import type { QuotaStore } from "../../pipeline/ports/quota.ts";
import type { Keys } from "./keys.ts";
import { script } from "./script.ts";

/** KEYS: quota. ARGV: now, the next full hour, reserve. Answers what is left when nothing may be taken. */
const take = script(`
local stored = redis.call('HMGET', KEYS[1], 'limit', 'remaining', 'resetAt')
local limit, remaining, resetAt = tonumber(stored[1] or ''), tonumber(stored[2] or ''), tonumber(stored[3] or '')
if not (limit and remaining and resetAt) then return false end
if tonumber(ARGV[1]) >= resetAt then remaining, resetAt = limit, tonumber(ARGV[2]) end
if remaining <= 0 or remaining < limit * tonumber(ARGV[3]) then
  return { string.format('%.0f', limit), string.format('%.0f', remaining), string.format('%.0f', resetAt) }
end
redis.call('HSET', KEYS[1], 'remaining', string.format('%.0f', remaining - 1), 'resetAt', string.format('%.0f', resetAt))
return false
`);

/** KEYS: quota. ARGV: limit, remaining, resetAt, life in milliseconds. */
const learn = script(`
local stored = redis.call('HMGET', KEYS[1], 'remaining', 'resetAt')
local remaining, resetAt = tonumber(stored[1] or ''), tonumber(stored[2] or '')
local told = tonumber(ARGV[3])
if resetAt and resetAt > told then return 0 end
if remaining and resetAt == told then remaining = math.min(remaining, tonumber(ARGV[2])) else remaining = tonumber(ARGV[2]) end
redis.call('HSET', KEYS[1], 'limit', ARGV[1], 'remaining', string.format('%.0f', remaining), 'resetAt', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`);

/** What is known is of use for this hour and the beginning of the next. */
const LIFE = 2 * HOUR;

/** What is left of each workspace's quota, in a hash each; every request of every worker is taken from it first. */
export function redisQuotas(redis: Redis, keys: Keys): QuotaStore {
  return {
    async of(workspace, now) {
      const { limit, remaining, resetAt } = await redis.hgetall(keys.quota(workspace));
      const known = allowanceOf([limit, remaining, resetAt]);
      return known && known.resetAt > now ? known : undefined;
    },
    async take(workspace, reserve, now) {
      const left = await take(redis, [keys.quota(workspace)], [now, hourOf(now) + HOUR, reserve]);
      return Array.isArray(left) ? allowanceOf(left) : undefined;
    },
    async learn(workspace, { limit, remaining, resetAt }) {
      await learn(redis, [keys.quota(workspace)], [limit, remaining, resetAt, LIFE]);
    },
  };
}

function allowanceOf(texts: readonly (string | undefined)[]): Allowance | undefined {
  const [limit, remaining, resetAt] = texts.map((text) => (text ? Number(text) : Number.NaN));
  if (!limit || Number.isNaN(remaining) || Number.isNaN(resetAt)) return undefined;
  return { limit, remaining: remaining!, resetAt: resetAt! };
}

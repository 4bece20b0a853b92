import type { Redis } from "ioredis";
import type { QuotaStore } from "../../../pipeline/ports/series.ts";
import { type ApiQuota, nextReset } from "../../../series/api-quota.ts";
import { HOUR } from "../../../time/time.ts";
import { script } from "../commands/script.ts";
import type { Keys } from "../keys.ts";

/** KEYS: quota. ARGV: now, when it resets next, reserve. Returns what is left when nothing may be taken. */
const take = script(`
local stored = redis.call('HMGET', KEYS[1], 'limit', 'remaining', 'resetAt', 'isGuess')
local isGuess = stored[4]
local limit, remaining, resetAt = tonumber(stored[1] or ''), tonumber(stored[2] or ''), tonumber(stored[3] or '')
if not (limit and remaining and resetAt) then return false end
local isOver = tonumber(ARGV[1]) >= resetAt
if isOver then remaining, resetAt, isGuess = limit, tonumber(ARGV[2]), '1' end
if remaining <= 0 or remaining < limit * tonumber(ARGV[3]) then
  return { string.format('%.0f', limit), string.format('%.0f', remaining), string.format('%.0f', resetAt), isGuess or '0' }
end
redis.call('HSET', KEYS[1], 'remaining', string.format('%.0f', remaining - 1), 'resetAt', string.format('%.0f', resetAt), 'isGuess', isGuess or '0')
return false
`);

/** KEYS: quota. ARGV: limit, remaining, resetAt, whether that is a guess (1 or 0), life in milliseconds. */
const learn = script(`
local stored = redis.call('HMGET', KEYS[1], 'remaining', 'resetAt', 'isGuess')
local remaining, resetAt = tonumber(stored[1] or ''), tonumber(stored[2] or '')
local told, wasGuess, isGuess = tonumber(ARGV[3]), stored[3] == '1', ARGV[4] == '1'
local isCorrected = wasGuess and not isGuess
if resetAt and resetAt > told and not isCorrected then return 0 end
if remaining and resetAt == told then remaining = math.min(remaining, tonumber(ARGV[2])) else remaining = tonumber(ARGV[2]) end
redis.call('HSET', KEYS[1], 'limit', ARGV[1], 'remaining', string.format('%.0f', remaining), 'resetAt', ARGV[3], 'isGuess', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
`);

/** The record is useful for this hour and the start of the next. */
const LIFE = 2 * HOUR;

/**
 * The requests left in each pool of each workspace, in a hash each; every request of every worker is subtracted first.
 */
export function redisQuotas(redis: Redis, keys: Keys): QuotaStore {
  return {
    async of(workspace, pool, now) {
      const { limit, remaining, resetAt, isGuess } = await redis.hgetall(keys.quota(workspace, pool));
      const known = apiQuotaOf([limit, remaining, resetAt, isGuess]);
      return known && known.resetAt > now ? known : undefined;
    },
    async take(workspace, pool, reserve, now) {
      const left = await take(redis, [keys.quota(workspace, pool)], [now, nextReset(pool, now), reserve]);
      return Array.isArray(left) ? apiQuotaOf(left) : undefined;
    },
    async learn(workspace, pool, { limit, remaining, resetAt, isGuess }) {
      const values = [limit, remaining, resetAt, isGuess ? 1 : 0, LIFE];
      await learn(redis, [keys.quota(workspace, pool)], values);
    },
  };
}

function apiQuotaOf(texts: readonly (string | undefined)[]): ApiQuota | undefined {
  const [limit, remaining, resetAt, isGuess] = texts.map((text) => (text ? Number(text) : Number.NaN));
  if (!limit || Number.isNaN(remaining) || Number.isNaN(resetAt)) return undefined;
  return { limit, remaining: remaining!, resetAt: resetAt!, ...(isGuess === 1 && { isGuess: true }) };
}

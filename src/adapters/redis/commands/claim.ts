import type { Redis } from "ioredis";
import { script } from "./script.ts";

/** KEYS: what is claimed. ARGV: token, life in milliseconds. */
const take = script(`
if redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') then return 1 end
return redis.call('GET', KEYS[1]) == ARGV[1] and 1 or 0
`);

/**
 * Claims a key for so many milliseconds. Returns whether this token holds it. A broken connection sends the command
 * again: the token recognizes a claim whose reply was lost. Attempts that must not share a claim need different tokens.
 */
export const claim = async (redis: Redis, key: string, token: string, life: number): Promise<boolean> =>
  (await take(redis, [key], [token, life])) === 1;

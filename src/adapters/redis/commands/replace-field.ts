import type { Redis } from "ioredis";
import { script } from "./script.ts";

/**
 * Writes a field of a hash that is still as it was read, and returns 1; also for a repeated call whose reply was lost,
 * since the field then is as wanted. KEYS: hash. ARGV: field, JSON as read, JSON wanted; an empty text stands for absent.
 */
const replace = script(`
local stored = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if stored == ARGV[3] then return 1 end
if stored ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
return 1
`);

/**
 * Changes one field of a hash by `change`, which gets the text stored (undefined if absent) and returns the text to
 * store (undefined to remove it). Called again if another writer came first, so it has no effects of its own.
 * @param lastSeen the text when it was last read: tried first, since it mostly still is as it was
 */
export async function replaceField<Result extends { readonly text: string | undefined }>(
  redis: Redis,
  key: string,
  field: string,
  change: (stored: string | undefined) => Result,
  lastSeen?: string,
): Promise<Result> {
  for (let stored = lastSeen; ; stored = undefined) {
    stored ??= (await redis.hget(key, field)) ?? undefined;
    const result = change(stored);
    if ((await replace(redis, [key], [field, stored ?? "", result.text ?? ""])) === 1) return result;
  }
}

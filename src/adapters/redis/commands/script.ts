import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

type Value = string | number | Buffer;

/** A Lua script, sent whole only to a Redis that does not know it yet. All `keys` have to share a hash slot. */
export function script(lua: string) {
  const sha = createHash("sha1").update(lua).digest("hex");
  return async (redis: Redis, keys: readonly string[], values: readonly Value[]): Promise<unknown> => {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...values);
    } catch (error) {
      if (!String(error).includes("NOSCRIPT")) throw error;
      return redis.eval(lua, keys.length, ...keys, ...values);
    }
  };
}

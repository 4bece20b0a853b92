import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

type Value = string | number | Buffer;

/** Runs a script on keys, which have to share a hash slot. */
type Script = (redis: Redis, keys: readonly string[], values: readonly Value[]) => Promise<unknown>;

/** A Lua script, sent whole only to a Redis that does not know it yet. */
export const script = (lua: string): Script => scriptBy(lua, (redis) => redis.call.bind(redis));

/** The same for a script whose answer holds bytes: each text of it is a buffer. */
export const scriptOfBytes = (lua: string): Script => scriptBy(lua, (redis) => redis.callBuffer.bind(redis));

type Call = (command: string, ...values: Value[]) => Promise<unknown>;

function scriptBy(lua: string, callOf: (redis: Redis) => Call): Script {
  const sha = createHash("sha1").update(lua).digest("hex");
  return async (redis, keys, values) => {
    const call = callOf(redis);
    try {
      return await call("evalsha", sha, keys.length, ...keys, ...values);
    } catch (error) {
      if (!String(error).includes("NOSCRIPT")) throw error;
      return call("eval", lua, keys.length, ...keys, ...values);
    }
  };
}

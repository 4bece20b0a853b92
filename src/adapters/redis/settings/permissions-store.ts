import type { Redis } from "ioredis";
import type { AccessStore } from "../../../pipeline/ports/console.ts";
import { parseStored } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";
import { accessSchema } from "./change-schema.ts";

/** The permissions, as JSON under one key. */
export const redisAccess = (redis: Redis, keys: Keys): AccessStore => ({
  async get() {
    const json = await redis.get(keys.access());
    if (json === null) return undefined;
    return parseStored(
      accessSchema,
      json,
      keys.access(),
      `Forget it, and set it anew with /tidewatch who-can: redis-cli DEL '${keys.access()}'.`,
    );
  },
  async set(access) {
    await redis.set(keys.access(), JSON.stringify(access));
  },
});

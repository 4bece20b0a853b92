import type { Redis } from "ioredis";
import { z } from "zod";
import type { Ledger, LedgerEntry } from "../../pipeline/ports.ts";
import { type Damage, readJson } from "./json.ts";
import { type Keys, LIFE } from "./keys.ts";

const entryShape: z.ZodType<LedgerEntry> = z.union([
  z.object({ state: z.enum(["sending", "unknown"]), since: z.number() }),
  z.object({ state: z.literal("sent"), channel: z.string(), ts: z.string() }),
]);

/** What was sent, a key a message. */
export function redisLedger(redis: Redis, keys: Keys, damage: Damage): Ledger {
  return {
    async entry(messageId) {
      const json = await redis.get(keys.message(messageId));
      return json === null ? undefined : readJson(entryShape, json, keys.message(messageId), damage);
    },
    async save(messageId, entry) {
      await redis.set(keys.message(messageId), JSON.stringify(entry), "EX", LIFE.message);
    },
    async remove(messageId) {
      await redis.del(keys.message(messageId));
    },
  };
}

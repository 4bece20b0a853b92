import type { Redis } from "ioredis";
import type { Ledger } from "../../pipeline/ports/messages.ts";
import { parseStored } from "./damaged.ts";
import { type Keys, LIFE } from "./keys.ts";
import { ledgerSchema } from "./schemas.ts";

/** What was sent to Slack, as JSON, one key a message. */
export function redisLedger(redis: Redis, keys: Keys): Ledger {
  return {
    async entry(messageId) {
      const key = keys.message(messageId);
      const json = await redis.get(key);
      if (json === null) return undefined;
      const remedy = `Look whether the message is in Slack; if it may be said again, redis-cli DEL '${key}'.`;
      return parseStored(ledgerSchema, json, key, remedy);
    },
    async save(messageId, entry) {
      await redis.set(keys.message(messageId), JSON.stringify(entry), "EX", LIFE.message);
    },
    async remove(messageId) {
      await redis.del(keys.message(messageId));
    },
  };
}

import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { NotificationLog, NotificationLogEntry } from "../../../pipeline/ports/messages.ts";
import { parseStored } from "../commands/damaged.ts";
import { script } from "../commands/script.ts";
import { type Keys, LIFE } from "../keys.ts";
import { notificationLogSchema } from "./schemas.ts";

/**
 * Replaces an entry by another, or by none, if it still has a token (- for no entry). A command that is repeated
 * because its reply was lost finds its own token.
 * KEYS: message. ARGV: token before, entry as JSON or nothing, its token, life in seconds.
 */
const replace = script(`
local json = redis.call('GET', KEYS[1])
local token = json and (cjson.decode(json).token or '') or '-'
if token ~= '-' and token == ARGV[3] then return 1 end
if token ~= ARGV[1] or (json and cjson.decode(json).state == 'sent') then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[4]) end
return 1
`);

const tokenOf = (entry: NotificationLogEntry | undefined): string => {
  if (!entry) return "-";
  return entry.state === "sent" ? "" : (entry.token ?? "");
};

/** What was sent to Slack, as JSON, one key a message. */
export function redisNotificationLog(redis: Redis, keys: Keys): NotificationLog {
  return {
    async entry(messageId) {
      const key = keys.message(messageId);
      const json = await redis.get(key);
      if (json === null) return undefined;
      const remedy = `Check whether the message is in Slack. If it may be posted again: redis-cli DEL '${key}'.`;
      return parseStored(notificationLogSchema, json, key, remedy);
    },
    async save(messageId, entry) {
      await redis.set(keys.message(messageId), JSON.stringify(entry), "EX", LIFE.message);
    },
    async claim(messageId, since, seen) {
      const token = randomUUID();
      const json = JSON.stringify({ state: "sending", since, token });
      const values = [tokenOf(seen), json, token, LIFE.message];
      const isOurs = (await replace(redis, [keys.message(messageId)], values)) === 1;
      return isOurs ? { messageId, since, token } : undefined;
    },
    async release({ messageId, since, token }, as) {
      const released = randomUUID();
      const json = as === "unsent" ? "" : JSON.stringify({ state: "unknown", since, token: released });
      await replace(redis, [keys.message(messageId)], [token, json, released, LIFE.message]);
    },
  };
}

import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { Outbox } from "../../../pipeline/ports/incidents.ts";
import { MINUTE } from "../../../time/time.ts";
import { script } from "../commands/script.ts";

/** KEYS: outbox. ARGV: incident, the entry to remove. */
const removeSame = script(`
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end
`);

/** How long an entry added before a change stays: much longer than any change takes. */
const AHEAD = MINUTE;

/**
 * Incidents that may need a notification, in the hash `key`: each with its group key, a token for this entry, and, if it was
 * added before a change, the instant (of this process' clock) until which it stays.
 */
export function redisOutbox(redis: Redis, key: string): Outbox {
  return {
    async add(incidentId, groupKey, { isAhead = false } = {}) {
      const token = `${randomUUID()}${isAhead ? `/${Date.now() + AHEAD}` : ""}`;
      await redis.hset(key, incidentId, `${groupKey} ${token}`);
    },
    async all() {
      const entries = Object.entries(await redis.hgetall(key)).sort(([a], [b]) => (a < b ? -1 : 1));
      return new Map(
        entries.map(([id, text]) => {
          const [groupKey = "", token = ""] = text.split(" ");
          return [id, { groupKey, token }];
        }),
      );
    },
    async remove(incidentId, { groupKey, token }) {
      const [, stays = "0"] = token.split("/");
      if (Number(stays) > Date.now()) return;
      await removeSame(redis, [key], [incidentId, `${groupKey} ${token}`]);
    },
  };
}

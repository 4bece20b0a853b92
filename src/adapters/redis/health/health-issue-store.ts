import type { Redis } from "ioredis";
import type { BlindnessStore } from "../../../pipeline/ports/ops.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";
import { blindnessSchema } from "./health-issue-schema.ts";

/** What keeps Tidewatch from seeing or telling, as JSON in one hash. */
export function redisBlindnesses(redis: Redis, keys: Keys, report: Report): BlindnessStore {
  const remedy = (id: string) =>
    `Forget it, what is still wrong will be noticed again: redis-cli HDEL '${keys.blindnesses()}' '${id}'.`;

  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(keys.blindnesses())).sort();
      return readEach(
        entries,
        ([id, json]) => parseStored(blindnessSchema, json, `${keys.blindnesses()} ${id}`, remedy(id)),
        report,
      );
    },
    async save(blindness) {
      await redis.hset(keys.blindnesses(), blindness.id, JSON.stringify(blindness));
    },
    async remove(id) {
      await redis.hdel(keys.blindnesses(), id);
    },
  };
}

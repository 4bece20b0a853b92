import type { Redis } from "ioredis";
import type { HealthIssueStore } from "../../../pipeline/ports/ops.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import type { Keys } from "../keys.ts";
import { healthIssueSchema } from "./health-issue-schema.ts";

/** Health issues as JSON in one hash. */
export function redisHealthIssues(redis: Redis, keys: Keys, report: Report): HealthIssueStore {
  const remedy = (id: string) =>
    `Forget it, what is still wrong will be noticed again: redis-cli HDEL '${keys.healthIssues()}' '${id}'.`;

  return {
    async all() {
      const entries = Object.entries(await redis.hgetall(keys.healthIssues())).sort();
      return readEach(
        entries,
        ([id, json]) => parseStored(healthIssueSchema, json, `${keys.healthIssues()} ${id}`, remedy(id)),
        report,
      );
    },
    async save(healthIssue) {
      await redis.hset(keys.healthIssues(), healthIssue.id, JSON.stringify(healthIssue));
    },
    async remove(id) {
      await redis.hdel(keys.healthIssues(), id);
    },
  };
}

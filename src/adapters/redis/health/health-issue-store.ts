import type { Redis } from "ioredis";
import type { HealthIssueStore } from "../../../pipeline/ports/ops.ts";
import { parseStored, type Report, readEach } from "../commands/damaged.ts";
import { replaceField } from "../commands/replace-field.ts";
import type { Keys } from "../keys.ts";
import { healthIssueSchema } from "./health-issue-schema.ts";

/** Health issues as JSON in one hash. */
export function redisHealthIssues(redis: Redis, keys: Keys, report: Report): HealthIssueStore {
  const remedy = (id: string) =>
    `Forget it, what is still wrong will be noticed again: redis-cli HDEL '${keys.healthIssues()}' '${id}'.`;

  const read = (...entries: readonly (readonly [string, string])[]) =>
    readEach(
      entries,
      ([id, json]) => parseStored(healthIssueSchema, json, `${keys.healthIssues()} ${id}`, remedy(id)),
      report,
    );

  return {
    async all() {
      return read(...Object.entries(await redis.hgetall(keys.healthIssues())).sort());
    },
    async update(id, change) {
      const { next } = await replaceField(redis, keys.healthIssues(), id, (json) => {
        const next = change(json === undefined ? undefined : read([id, json])[0]);
        return { next, text: next && JSON.stringify(next) };
      });
      return next;
    },
  };
}

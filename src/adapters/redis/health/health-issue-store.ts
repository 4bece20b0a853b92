import type { Redis } from "ioredis";
import type { HealthIssueStore } from "../../../pipeline/ports/ops.ts";
import type { Report } from "../commands/damaged.ts";
import { jsonHash } from "../commands/json-hash.ts";
import type { Keys } from "../keys.ts";
import { healthIssueSchema } from "./health-issue-schema.ts";

const remedy = "Forget it, what is still wrong will be noticed again";

/** Health issues, by id. */
export function redisHealthIssues(redis: Redis, keys: Keys, report: Report): HealthIssueStore {
  const stored = { key: keys.healthIssues(), schema: healthIssueSchema, remedy, isContested: true };
  const hash = jsonHash(redis, stored, report);
  return { all: async () => [...(await hash.all()).values()], update: hash.update };
}

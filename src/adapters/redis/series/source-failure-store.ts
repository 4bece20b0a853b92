import type { Redis } from "ioredis";
import type { FailureStore } from "../../../pipeline/ports/ops.ts";
import type { Report } from "../commands/damaged.ts";
import { jsonHash } from "../commands/json-hash.ts";
import type { Keys } from "../keys.ts";
import { failureSchema } from "./schemas.ts";

const remedy = "Forget it, what is still wrong will be noticed again";

/** Failures, by what fails. */
export function redisFailures(redis: Redis, keys: Keys, report: Report): FailureStore {
  const stored = { key: keys.failures(), schema: failureSchema, remedy, isContested: true };
  const hash = jsonHash(redis, stored, report);
  return {
    all: hash.all,
    among: hash.among,
    async raise(name, failure) {
      const kept = await hash.update(name, (known) => (known?.failure === failure.failure ? known : failure));
      return kept === failure;
    },
    clear: hash.take,
  };
}

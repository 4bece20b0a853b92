import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { FailureReport, FailureStore } from "../../../pipeline/ports/ops.ts";
import type { Report } from "../commands/damaged.ts";
import { jsonHash } from "../commands/json-hash.ts";
import type { Keys } from "../keys.ts";
import { failureSchema } from "./schemas.ts";

const remedy = "Forget it, what is still wrong will be noticed again";

/** Failures, by what fails. */
export function redisFailures(redis: Redis, keys: Keys, report: Report): FailureStore {
  const hash = jsonHash(redis, { key: keys.failures(), schema: failureSchema, remedy }, report);
  return {
    all: hash.all,
    among: hash.among,
    async raise(name, failure) {
      // Each writer's entry is different, so that of many writers at once one alone finds its own stored.
      const own: FailureReport = Object.assign({}, failure, { token: randomUUID() });
      return (await hash.update(name, (known) => (known?.failure === own.failure ? known : own))) === own;
    },
    clear: hash.take,
  };
}

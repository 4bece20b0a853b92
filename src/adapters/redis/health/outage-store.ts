import type { Redis } from "ioredis";
import { z } from "zod";
import { prolonged } from "../../../notifications/outage.ts";
import type { OutageStore } from "../../../pipeline/ports/ops.ts";
import type { Report } from "../commands/damaged.ts";
import { instant } from "../commands/fields.ts";
import { jsonHash } from "../commands/json-hash.ts";
import type { Keys } from "../keys.ts";

const SLACK = "slack";

/** The outage of Slack, as JSON. */
export function redisOutage(redis: Redis, keys: Keys, report: Report): OutageStore {
  const schema = z.object({ since: instant, at: instant });
  const remedy = "Forget it, an outage that lasts will be noticed again";
  const hash = jsonHash(redis, { key: keys.outages(), schema, remedy }, report);
  return {
    get: () => hash.get(SLACK),
    async prolong(at) {
      await hash.update(SLACK, (known) => prolonged(known, at));
    },
    async end() {
      await hash.remove(SLACK);
    },
  };
}

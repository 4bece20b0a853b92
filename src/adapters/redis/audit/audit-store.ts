import type { Redis } from "ioredis";
import type { AuditStore } from "../../../pipeline/ports/audit.ts";
import { redact } from "../../../redact.ts";
import { KEPT } from "../../../settings/limits.ts";
import { damaged, type Report } from "../commands/damaged.ts";
import { script } from "../commands/script.ts";
import { runWhole } from "../commands/transaction.ts";
import { type Keys, LIFE } from "../keys.ts";
import { decisionOf, decisionText, verdictOf, verdictText } from "./audit-codec.ts";

/** KEYS: verdicts. ARGV: from, to, until when all is forgotten, life in seconds, then a score and a text for each. */
const replace = script(`
redis.call('ZREMRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[2])
for i = 5, #ARGV, 400 do redis.call('ZADD', KEYS[1], unpack(ARGV, i, math.min(i + 399, #ARGV))) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
`);

/** For each watch two sorted sets of short texts: verdicts by bucket, decisions by when they were first made. */
export function redisAudit(redis: Redis, keys: Keys, report: Report): AuditStore {
  function readOr<T>(read: T | undefined, key: string, text: string): T[] {
    if (read !== undefined) return [read];
    report(damaged(key, `"${redact(text).slice(0, 40)}"`, `Forget it: redis-cli ZREM '${key}' '${text}'.`));
    return [];
  }

  return {
    async recordVerdicts(watchId, from, to, verdicts) {
      const texts = verdicts.flatMap((verdict) => [verdict.bucket, verdictText(verdict)]);
      await replace(redis, [keys.auditedVerdicts(watchId)], [from, to, to - KEPT, LIFE.journal, ...texts]);
    },
    async recordDecisions(watchId, decisions) {
      if (decisions.length === 0) return;
      const key = keys.auditedDecisions(watchId);
      const writes = redis.multi();
      for (const decision of decisions) writes.zadd(key, "NX", decision.at, decisionText(decision));
      const newest = Math.max(...decisions.map(({ at }) => at));
      await runWhole(writes.zremrangebyscore(key, "-inf", newest - KEPT).expire(key, LIFE.journal), key);
    },
    async verdicts(watchId, from, to) {
      const key = keys.auditedVerdicts(watchId);
      const texts = await redis.zrangebyscore(key, from, to);
      return texts.flatMap((text) => readOr(verdictOf(text), key, text));
    },
    async decisions(watchId, since) {
      const key = keys.auditedDecisions(watchId);
      const found = await redis.zrangebyscore(key, since, "+inf", "WITHSCORES");
      return found.flatMap((text, i) =>
        i % 2 === 0 ? readOr(decisionOf(text, Number(found[i + 1])), key, text) : [],
      );
    },
  };
}

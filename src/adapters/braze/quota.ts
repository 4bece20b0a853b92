import { TransientError } from "../../errors.ts";
import type { Pool } from "../../metrics/metric.ts";
import type { QuotaStore } from "../../pipeline/ports/series.ts";
import { type ApiQuota, nextReset } from "../../series/api-quota.ts";
import { HOUR, type Instant, MINUTE } from "../../time/time.ts";
import { type Headers, numberOf, resetOf } from "./answers/retry-after.ts";

/** Keeps the requests left in each pool from the last answers, and refuses to use up the reserve. */
export interface Quota {
  /** Throws TransientError "braze-quota-reserve" while less than the reserve is left. */
  check(pool: Pool, now: Instant): void | Promise<void>;
  learn(pool: Pool, headers: Headers, now: Instant): void | Promise<void>;
}

/** The quota of a workspace as all workers share it. @param reserve as for `brazeQuota` */
export const sharedQuota = (workspace: string, reserve: number, quotas: QuotaStore): Quota => ({
  async check(pool, now) {
    const left = await quotas.take(workspace, pool, reserve, now);
    if (left) throw reserved(left, pool, reserve, now);
  },
  async learn(pool, headers, now) {
    const answered = apiQuotaOf(headers, pool, now);
    if (answered) await quotas.learn(workspace, pool, answered);
  },
});

/** The quota as this process alone knows it. @param reserve the share of the quota that is left to the workspace's own sends; 0 to leave nothing. */
export function brazeQuota(reserve: number): Quota {
  const known = new Map<Pool, ApiQuota>();
  return {
    check(pool, now) {
      const latest = known.get(pool);
      if (latest && now >= latest.resetAt) known.delete(pool);
      else if (latest && latest.remaining < latest.limit * reserve)
        throw reserved(latest, pool, reserve, now);
    },
    learn(pool, headers, now) {
      const answered = apiQuotaOf(headers, pool, now);
      if (!answered) return;
      const latest = known.get(pool);
      const same = latest?.resetAt === answered.resetAt ? latest : undefined;
      // Answers overtake each other: until a reset, the smallest remainder is the newest.
      known.set(pool, {
        ...answered,
        remaining: Math.min(answered.remaining, same?.remaining ?? answered.remaining),
      });
    },
  };
}

/** The quota of an answer's pool; undefined without the headers, as on a 401. */
export function quotaOf(headers: Headers): { limit: number; remaining: number } | undefined {
  const limit = numberOf(headers["x-ratelimit-limit"]);
  const remaining = numberOf(headers["x-ratelimit-remaining"]);
  return limit && remaining !== undefined ? { limit, remaining } : undefined;
}

/** How long an answer may take, and how far clocks may be apart. */
const OVERTAKEN = 2 * MINUTE;

function apiQuotaOf(headers: Headers, pool: Pool, now: Instant): ApiQuota | undefined {
  const quota = quotaOf(headers);
  const resetAt = resetOf(headers);
  // An answer from before the reset says nothing about the quota after it.
  if (!quota || (resetAt !== undefined && resetAt <= now && resetAt > now - OVERTAKEN)) return undefined;
  if (resetAt !== undefined && resetAt > now && resetAt <= now + HOUR) return { ...quota, resetAt };
  return { ...quota, resetAt: nextReset(pool, now), isGuess: true };
}

const reserved = ({ limit, remaining, resetAt }: ApiQuota, pool: Pool, reserve: number, now: Instant) =>
  new TransientError(
    `Tidewatch did not call Braze: ${remaining} of the workspace's ${limit} requests ${pool === "campaigns" ? "a minute for campaigns" : `an hour${pool === "purchases" ? " for purchases and lists" : ""}`} are left, below the reserve of ${Math.round(reserve * 100)}%`,
    {
      failure: "braze-quota-reserve",
      advice:
        "Nothing to do: reading resumes when the quota resets. If this happens often, find out what else uses the workspace's API, or lower BRAZE_QUOTA_RESERVE.",
      retryAfter: resetAt - now,
    },
  );

import type { Allowance } from "../../core/allowance.ts";
import { HOUR, hourOf, type Instant } from "../../core/time.ts";
import { TransientError } from "../../errors.ts";
import type { QuotaStore } from "../../pipeline/ports/quota.ts";
import { type Headers, numberOf, resetOf } from "./retry-after.ts";

/** Remembers what the last answers said of the workspace's hourly quota, and refuses to use up the last of it. */
export interface Quota {
  /** Throws TransientError "braze-quota-reserve" while less than the reserve is left. */
  check(now: Instant): void | Promise<void>;
  learn(headers: Headers, now: Instant): void | Promise<void>;
}

/** The quota of a workspace as all workers together know and use it. @param reserve as for `brazeQuota` */
export const sharedQuota = (workspace: string, reserve: number, quotas: QuotaStore): Quota => ({
  async check(now) {
    const left = await quotas.take(workspace, reserve, now);
    if (left) throw reserved(left, reserve, now);
  },
  async learn(headers, now) {
    const told = standingOf(headers, now);
    if (told) await quotas.learn(workspace, told);
  },
});

/** The quota as this process alone knows it. @param reserve the share of the quota that is left to the workspace's own sends; 0 to leave nothing. */
export function brazeQuota(reserve: number): Quota {
  let standing: Allowance | undefined;
  return {
    check(now) {
      if (standing && now >= standing.resetAt) standing = undefined;
      if (standing && standing.remaining < standing.limit * reserve) throw reserved(standing, reserve, now);
    },
    learn(headers, now) {
      const told = standingOf(headers, now);
      if (!told) return;
      const sameHour = standing?.resetAt === told.resetAt ? standing : undefined;
      // Answers overtake each other: within one hour the smallest remainder is the newest.
      standing = { ...told, remaining: Math.min(told.remaining, sameHour?.remaining ?? told.remaining) };
    },
  };
}

/** What an answer says of the workspace's hourly quota; undefined where it says nothing, as a 401 does. */
export function quotaOf(headers: Headers): { limit: number; remaining: number } | undefined {
  const limit = numberOf(headers["x-ratelimit-limit"]);
  const remaining = numberOf(headers["x-ratelimit-remaining"]);
  return limit && remaining !== undefined ? { limit, remaining } : undefined;
}

function standingOf(headers: Headers, now: Instant): Allowance | undefined {
  const quota = quotaOf(headers);
  if (!quota) return undefined;
  const told = resetOf(headers);
  const nextHour = hourOf(now) + HOUR;
  const resetAt = told !== undefined && told > now && told <= now + HOUR ? told : nextHour;
  return { ...quota, resetAt };
}

const reserved = ({ limit, remaining, resetAt }: Allowance, reserve: number, now: Instant) =>
  new TransientError(
    `Braze was not asked: ${remaining} of the workspace's ${limit} requests an hour are left, below the reserve of ${Math.round(reserve * 100)} %`,
    {
      trouble: "braze-quota-reserve",
      advice:
        "Nothing to do: it goes on when the quota is reset on the hour. If it happens often, find out what else uses the workspace's API, or lower BRAZE_QUOTA_RESERVE.",
      retryAfter: resetAt - now,
    },
  );

import type { ApiQuota, Pool } from "../../series/api-quota.ts";
import type { Instant } from "../../time/time.ts";

/** What is left of each workspace's requests in each pool, as all workers together know it. */
export interface QuotaStore {
  /** Undefined where nothing is known of the time now. */
  of(workspace: string, pool: Pool, now: Instant): Promise<ApiQuota | undefined>;
  /**
   * Takes one request, undefined when it may be made. Where none are left, or fewer than the reserve (a share), nothing
   * is taken and what is left is answered.
   */
  take(workspace: string, pool: Pool, reserve: number, now: Instant): Promise<ApiQuota | undefined>;
  /**
   * Takes down what an answer said: until one reset the smallest remainder is the newest, since answers overtake each
   * other. When a reset is told, it takes the place of a guess, earlier or later.
   */
  learn(workspace: string, pool: Pool, lastNotified: ApiQuota): Promise<void>;
}

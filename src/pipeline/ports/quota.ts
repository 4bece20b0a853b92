import type { Pool } from "../../metrics/metrics.ts";
import type { ApiQuota } from "../../series/api-quota.ts";
import type { Instant } from "../../time/time.ts";

/** The requests left in each pool of each workspace, shared by all workers. */
export interface QuotaStore {
  /** Undefined when nothing is known of the present hour. */
  of(workspace: string, pool: Pool, now: Instant): Promise<ApiQuota | undefined>;
  /**
   * Takes one request; undefined when it may be made. When none are left, or fewer than the reserve (a share), takes
   * nothing and returns what is left.
   */
  take(workspace: string, pool: Pool, reserve: number, now: Instant): Promise<ApiQuota | undefined>;
  /**
   * Records the quota from an answer: until a reset, the smallest remainder is the newest, since answers overtake each
   * other. A reset from Braze replaces a guessed one, earlier or later.
   */
  learn(workspace: string, pool: Pool, lastNotified: ApiQuota): Promise<void>;
}

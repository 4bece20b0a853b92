import type { Allowance } from "../../core/allowance.ts";
import type { Instant } from "../../core/time.ts";

/** What is left of each workspace's requests of this hour, as all workers together know it. */
export interface QuotaStore {
  /** Undefined where nothing is known of this hour. */
  of(workspace: string, now: Instant): Promise<Allowance | undefined>;
  /**
   * Takes one request, undefined when it may be made. Where none are left, or fewer than the reserve (a share), nothing
   * is taken and what is left is answered.
   */
  take(workspace: string, reserve: number, now: Instant): Promise<Allowance | undefined>;
  /** Takes down what an answer said: within an hour the smallest remainder is the newest, since answers overtake each other. */
  learn(workspace: string, told: Allowance): Promise<void>;
}

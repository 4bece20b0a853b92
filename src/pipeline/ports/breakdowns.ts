import type { Breakdown } from "../../incidents/breakdown.ts";
import type { LikelyCause } from "../../incidents/likely-cause.ts";
import type { Instant } from "../../time/time.ts";

/** What incidents are made of, once it was read, and how many requests that took. */
export interface BreakdownStore {
  of(incidentId: string): Promise<Breakdown | undefined>;
  /** Adds or replaces. */
  save(incidentId: string, breakdown: Breakdown): Promise<void>;
  /** Notes the likely cause of an alert group, as its message says it now. */
  saveCause(alertGroupId: string, cause: LikelyCause): Promise<void>;
  /** The likely causes of these alert groups, as far as one was noted. */
  causes(alertGroupIds: readonly string[]): Promise<ReadonlyMap<string, LikelyCause>>;
  /** Takes so many requests of the week's budget of a workspace. Returns whether that many were left of `most`. */
  take(workspace: string, requests: number, most: number, now: Instant): Promise<boolean>;
}

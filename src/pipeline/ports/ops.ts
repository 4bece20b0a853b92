import type { Failure } from "../../errors.ts";
import type { KnownFailure, MemoryUse } from "../../health/facts.ts";
import type { HealthIssue } from "../../health/health-issue.ts";
import type { Outage } from "../../notifications/outage.ts";
import type { Instant } from "../../time/time.ts";

/** Why a workspace or a series cannot be read, or a channel takes no messages. */
export interface FailureReport extends KnownFailure {
  readonly failure: Failure;
}

/** Failures at present, by the name of the workspace, series, channel or message. */
export interface FailureStore {
  all(): Promise<ReadonlyMap<string, FailureReport>>;
  /** Those of these names. */
  among(names: readonly string[]): Promise<Map<string, FailureReport>>;
  /** Returns whether it is new: no failure was recorded, or another. An unchanged failure keeps its `since`. */
  raise(workspace: string, report: FailureReport): Promise<boolean>;
  /** Returns the failure that ended, undefined if there was none. */
  clear(workspace: string): Promise<FailureReport | undefined>;
}

/** Health issues by id, until their end is posted. The health monitor and every process' own checks write them. */
export interface HealthIssueStore {
  all(): Promise<HealthIssue[]>;
  /**
   * Changes one as it is stored now, or removes it where `change` returns undefined; returns what is stored then.
   * `change` is called again if another writer came first.
   */
  update(
    id: string,
    change: (stored: HealthIssue | undefined) => HealthIssue | undefined,
  ): Promise<HealthIssue | undefined>;
}

/** The outage of Slack: since when it has taken nothing. */
export interface OutageStore {
  get(): Promise<Outage | undefined>;
  /** It took nothing at this instant either. */
  prolong(at: Instant): Promise<void>;
  /** It took something. */
  end(): Promise<void>;
}

/** Returns how much memory the store uses and may use; a limit of 0 is none. */
export type MemoryGauge = () => Promise<MemoryUse>;

/** Where and when the people who run Tidewatch are notified. */
export interface Ops {
  /** Left out: only logged. */
  readonly channel?: string;
  /** When the daily status is due, in milliseconds after midnight by the clock of `zone`. */
  readonly dailyStatusAt: number;
  readonly zone: string;
}

/** Calls the outside monitor. Returns the failure if there is one, and undefined if it was called a moment ago. */
export type Heartbeat = () => Promise<{ readonly failed?: string } | undefined>;

/** Where and when the people who run Tidewatch are notified. */
export interface Ops {
  /** Left out: only logged. */
  readonly channel?: string;
  /** When the daily status is due, in milliseconds after midnight by the clock of `zone`. */
  readonly dailyStatusAt: number;
  readonly zone: string;
}

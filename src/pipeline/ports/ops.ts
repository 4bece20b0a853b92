import type { Failure } from "../../errors.ts";
import type { DailyStatus } from "../../health/daily-status.ts";
import type { MemoryUse } from "../../health/facts.ts";
import type { HealthIssue } from "../../health/health-issue.ts";
import type { Instant } from "../../time/time.ts";
import type { Message } from "./messages.ts";

/** What keeps a workspace from being read. */
export interface FailureReport {
  readonly failure: Failure;
  /** Who did what, redacted. */
  readonly message: string;
  /** What a person can do about it. */
  readonly advice: string;
  readonly since: Instant;
  /** When it was last noted, and where: of a message that Slack refused. */
  readonly refused?: { readonly at: Instant; readonly place: string };
}

/** Workspaces that cannot be read at present, by name. */
export interface FailureStore {
  all(): Promise<Map<string, FailureReport>>;
  /** Those of these names. */
  among(names: readonly string[]): Promise<Map<string, FailureReport>>;
  /** Whether this is news: no trouble was known, or another one. An unchanged trouble keeps its `since`. */
  raise(workspace: string, report: FailureReport): Promise<boolean>;
  /** What is over now, undefined when nothing was wrong. */
  clear(workspace: string): Promise<FailureReport | undefined>;
}

/** What keeps Tidewatch from seeing or telling, by id, until its end was told. One worker writes at a time. */
export interface HealthIssueStore {
  all(): Promise<HealthIssue[]>;
  save(healthIssue: HealthIssue): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Tells how much memory the store uses, and may use; a limit of 0 is none. */
export type MemoryGauge = () => Promise<MemoryUse>;

/** Tells the world outside that all is well; why not, where that failed, and undefined when it was told just now. */
export type Heartbeat = () => Promise<{ readonly failed?: string } | undefined>;

/** Turns what the people who run Tidewatch should know into messages; pure. */
export interface OpsRenderer {
  /** The message of a health issue, as it now stands. */
  healthIssue(healthIssue: HealthIssue): Message;
  /** What is said in its thread when it is over. */
  over(healthIssue: HealthIssue): Message;
  proof(proof: DailyStatus): Message;
}

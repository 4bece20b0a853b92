import type { Trouble } from "../../errors.ts";
import type { MemoryUse } from "../../health/checks.ts";
import type { ProofOfLife } from "../../health/daily-status.ts";
import type { Blindness } from "../../health/health-issue.ts";
import type { Instant } from "../../time/time.ts";
import type { Message } from "./messages.ts";

/** What keeps a workspace from being read. */
export interface TroubleReport {
  readonly trouble: Trouble;
  /** Who did what, redacted. */
  readonly message: string;
  /** What a person can do about it. */
  readonly advice: string;
  readonly since: Instant;
  /** When it was last noted, and where: of a message that Slack refused. */
  readonly refused?: { readonly at: Instant; readonly place: string };
}

/** Workspaces that cannot be read at present, by name. */
export interface TroubleStore {
  all(): Promise<Map<string, TroubleReport>>;
  /** Those of these names. */
  among(names: readonly string[]): Promise<Map<string, TroubleReport>>;
  /** Whether this is news: no trouble was known, or another one. An unchanged trouble keeps its `since`. */
  raise(workspace: string, report: TroubleReport): Promise<boolean>;
  /** What is over now, undefined when nothing was wrong. */
  clear(workspace: string): Promise<TroubleReport | undefined>;
}

/** What keeps Tidewatch from seeing or telling, by id, until its end was told. One worker writes at a time. */
export interface BlindnessStore {
  all(): Promise<Blindness[]>;
  save(blindness: Blindness): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Tells how much memory the store uses, and may use; a limit of 0 is none. */
export type MemoryGauge = () => Promise<MemoryUse>;

/** Tells the world outside that all is well; why not, where that failed, and undefined when it was told just now. */
export type Heartbeat = () => Promise<{ readonly failed?: string } | undefined>;

/** Turns what the people who run Tidewatch should know into messages; pure. */
export interface OpsRenderer {
  /** The message of a blindness, as it now stands. */
  blindness(blindness: Blindness): Message;
  /** What is said in its thread when it is over. */
  over(blindness: Blindness): Message;
  proof(proof: ProofOfLife): Message;
}

import type { Instant } from "../time/time.ts";
import type { SeriesFacts } from "./series-facts.ts";

/** A recorded failure: what the other side answered, and what to do. */
export interface KnownFailure {
  readonly failure: string;
  readonly message: string;
  readonly advice: string;
  readonly since: Instant;
  /** When and where it was last recorded; set for a message that Slack refused. */
  readonly refused?: { readonly at: Instant; readonly place: string };
}

/** How much memory Redis uses and may use; 0 for no limit. */
export interface MemoryUse {
  readonly used: number;
  readonly limit: number;
}

/** Everything that the health checks look at. */
export interface Facts {
  readonly now: Instant;
  readonly series: readonly SeriesFacts[];
  /** By workspace, series, channel or message. */
  readonly failures: ReadonlyMap<string, KnownFailure>;
  /** Each channel and the watches that post in it. */
  readonly channels: ReadonlyMap<string, readonly string[]>;
  readonly memory: MemoryUse;
  /** The ids of the open health issues. */
  readonly standing: ReadonlySet<string>;
}

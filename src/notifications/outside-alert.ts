import type { Direction, Severity } from "../detector/verdict/verdict.ts";
import type { Instant } from "../time/time.ts";
import type { DeliveryAction } from "./delivery.ts";

/** An alert as it goes to a place outside Slack, the same for all kinds of them. */
export interface OutsideAlert {
  readonly action: DeliveryAction;
  /** The name of the alert: the same as long as it lasts. */
  readonly key: string;
  /** The name of this message: the same if it is repeated after a crash. */
  readonly messageId: string;
  readonly at: Instant;
  /** When what it is about began. */
  readonly since: Instant;
  readonly severity: Severity;
  /** What changed, by how much, since when, in one line. */
  readonly summary: string;
  /** More lines in plain text. */
  readonly details: readonly string[];
  readonly links: readonly { readonly label: string; readonly address: string }[];
  readonly kind: "incident" | "health-issue" | "test";
  /** Each incident with its numbers; none for a health issue. */
  readonly incidents: readonly OutsideIncident[];
  /** Who acknowledged it. */
  readonly acknowledgedBy?: string;
}

/** An incident with its numbers. */
export interface OutsideIncident {
  readonly id: string;
  readonly watch: string;
  readonly title: string;
  readonly workspace: string;
  /** What is counted. */
  readonly metric: string;
  readonly direction: Direction;
  readonly severity: Severity;
  readonly state: "open" | "acknowledged" | "resolved";
  readonly since: Instant;
  readonly observed: number;
  readonly expected: number;
  readonly low: number;
  /** Left out where the range has no upper end. */
  readonly high?: number;
}

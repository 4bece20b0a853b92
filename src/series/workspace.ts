import type { PlannedEvent } from "./planned-events.ts";

/** A Braze workspace, as far as verdicts and people are concerned. */
export interface Workspace {
  readonly name: string;
  /** IANA zone of its users: hour-of-week follows its clock. */
  readonly zone: string;
  /** Whose public holidays count; those of the zone where it is not set. */
  readonly country?: string;
  readonly events?: readonly PlannedEvent[];
  /** The share of its hourly requests that is left to its production sends. @default 0 */
  readonly quotaReserve?: number;
  /** Where its dashboard is: an https address. */
  readonly dashboard?: string;
}

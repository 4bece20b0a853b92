import { type Measured, metricOf } from "../metrics/metrics.ts";
import type { PlannedEvent } from "./planned-events.ts";

/** A Braze workspace, as far as verdicts and people need it. */
export interface Workspace {
  readonly name: string;
  /** IANA zone of its users: hour-of-week follows its clock. */
  readonly zone: string;
  /** IANA zone of the company in Braze, by whose clock Braze counts days. @default zone */
  readonly companyZone?: string;
  /** The place whose public holidays count; left out: that of the zone. */
  readonly country?: string;
  readonly events?: readonly PlannedEvent[];
  /** The share of its hourly quota that is left to its production sends. @default 0 */
  readonly quotaReserve?: number;
  /** Whether what Braze sends is read, named and taken into account. @default false */
  readonly sends?: boolean;
  /** Its dashboard: an https address. */
  readonly dashboard?: string;
}

/** The zone by whose clock the days of a series begin: the company's, but that of UTC for a nightly snapshot. */
export const dayZoneOf = (
  series: Measured,
  { zone, companyZone = zone }: Pick<Workspace, "zone" | "companyZone">,
): string => (metricOf(series).snapshotAt === undefined ? companyZone : "UTC");

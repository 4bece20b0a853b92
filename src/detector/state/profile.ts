import type { NumberKind } from "../../metrics/metric.ts";
import type { PlannedEvent } from "../../series/planned-events.ts";
import type { DetectedSend } from "../hours-after-sends.ts";

/** What a series is counted in, and whose clock its season follows. */
export interface SeriesProfile {
  readonly unit: "hour" | "day";
  /** What its numbers are. @default "count" */
  readonly kind?: NumberKind;
  /** IANA time zone of the app's users. */
  readonly zone: string;
  /** Country, or country and state such as `AU-VIC`, whose holidays count; taken from the zone where it is not set. */
  readonly country?: string;
  /** What is planned for the series: treated like holidays. Not kept with the state, but given anew each time. */
  readonly events?: readonly PlannedEvent[];
  /** What was sent to its users, and is about to be. Given anew each time as well. */
  readonly sends?: readonly DetectedSend[];
}

import { DAY, HOUR, type Instant, type Unit } from "../time/time.ts";
import type { EventScope } from "./planned-events.ts";

/** A message that Braze sends at a time which its calendar named before: a campaign or a Canvas. */
export interface Send {
  /** The id of the campaign or Canvas in Braze: the same each time it is sent. */
  readonly id: string;
  readonly name: string;
  readonly kind: "campaign" | "canvas";
  readonly time: Instant;
  /** As Braze names them: `email`, `ios_push`; left out until they are known. */
  readonly channels?: readonly string[];
  /** How many got it on its day so far; left out until it is known. */
  readonly audience?: number;
  /** What it can move: the apps of its workspace. */
  readonly scope: EventScope & { readonly workspace: string };
}

/** For how long after a send an incident may begin that names it: people open a message soon or never. */
export const SEND_REACH: Readonly<Record<Unit, number>> = { hour: 3 * HOUR, day: DAY };

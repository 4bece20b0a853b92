import type { Member } from "./cause.ts";
import { isLive } from "./incident.ts";
import type { Instant } from "./time.ts";

/**
 * When an incident is to be looked at again even if no new bucket comes: when what keeps it from people ends.
 * Undefined: not before there is something new about it.
 */
export const lookAgainAt = ({ incident, hush }: Member): Instant | undefined =>
  isLive(incident) ? hush?.until : undefined;

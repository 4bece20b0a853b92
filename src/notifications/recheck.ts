import type { Member } from "../incidents/alert-group.ts";
import { isLive } from "../incidents/incident.ts";
import type { Instant } from "../time/time.ts";
import { type Reminding, remindAt } from "./reminder.ts";

/**
 * When an incident is to be looked at again even if no new bucket comes: when what keeps it from people ends, or when
 * they are to be reminded of it. Undefined: not before there is something new about it.
 */
export function recheckAt({ incident, suppression }: Member, reminding: Reminding): Instant | undefined {
  if (!isLive(incident)) return undefined;
  if (suppression) return suppression.until;
  const at = remindAt(incident, reminding);
  return at === Number.POSITIVE_INFINITY ? undefined : at;
}

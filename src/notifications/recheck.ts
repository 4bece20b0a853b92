import type { Member } from "../incidents/alert-group.ts";
import { isLive } from "../incidents/incident.ts";
import type { Instant } from "../time/time.ts";
import { type Reminding, remindAt } from "./reminder.ts";

/**
 * When an incident needs a re-check even without a new bucket: at the end of a suppression, or when a reminder is due.
 * Undefined: not before something changes.
 */
export function recheckAt({ incident, suppression }: Member, reminding: Reminding): Instant | undefined {
  if (!isLive(incident)) return undefined;
  if (suppression) return suppression.until;
  const at = remindAt(incident, reminding);
  return at === Number.POSITIVE_INFINITY ? undefined : at;
}

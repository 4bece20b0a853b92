import type { Incident } from "../incidents/incident.ts";
import { HOUR, type Instant } from "../time/time.ts";

/** How people are reminded of a critical incident that nobody acknowledged. */
export interface Reminding {
  /** How long after the last notification, in milliseconds; 0: never. */
  readonly every: number;
  /** How often, while nothing else changes. */
  readonly atMost: number;
}

export const defaultReminding: Reminding = { every: 4 * HOUR, atMost: 3 };

/**
 * When a reminder of an incident is due. Never (Infinity) unless it is critical, still at its worst severity, not
 * acknowledged and not labelled as needing no action.
 */
export function remindAt(incident: Incident, { every, atMost }: Reminding): Instant {
  const { lastNotified, resolvedAt, acknowledged, labelled, lastBucket, lastAnomalousBucket } = incident;
  if (lastBucket > lastAnomalousBucket || (labelled && labelled.label !== "real")) return NEVER;
  const isLeftAlone =
    every > 0 && lastNotified?.severity === "critical" && resolvedAt === undefined && !acknowledged;
  if (!isLeftAlone) return NEVER;
  const notifiedAt = lastNotified.notifiedAt ?? lastNotified.at;
  return isEnough(lastNotified.newsAt ?? notifiedAt, notifiedAt, { every, atMost })
    ? NEVER
    : notifiedAt + every;
}

/** Whether a reminder sent now is the last: for all incidents due, the last news is old enough. */
export const isLastReminder = (due: readonly Incident[], now: Instant, reminding: Reminding): boolean =>
  due.every(
    ({ lastNotified }) =>
      lastNotified &&
      isEnough(lastNotified.newsAt ?? lastNotified.notifiedAt ?? lastNotified.at, now, reminding),
  );

// Each reminder comes one interval after the notification before, so the age of the last news tells how many there
// were.
const isEnough = (newsAt: Instant, notifiedAt: Instant, { every, atMost }: Reminding): boolean =>
  notifiedAt - newsAt >= every * atMost;

const NEVER = Number.POSITIVE_INFINITY;

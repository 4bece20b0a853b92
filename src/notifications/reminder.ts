import type { Incident } from "../incidents/incident.ts";
import { HOUR, type Instant } from "../time/time.ts";

/** How people are reminded of a critical incident that nobody acknowledged. */
export interface Reminding {
  /** How long after the last word it is said again, in milliseconds; 0: never. */
  readonly every: number;
  /** How often, as long as there is nothing else to say of it. */
  readonly atMost: number;
}

export const defaultReminding: Reminding = { every: 4 * HOUR, atMost: 3 };

/**
 * When people are to be reminded of an incident, which is never (Infinity) unless it is critical and left alone, its
 * newest bucket as bad as any, and nobody said that it is as it should be.
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

/** Whether a reminder given now is the last: for all that are due, there was nothing else to say for long enough. */
export const isLastReminder = (due: readonly Incident[], now: Instant, reminding: Reminding): boolean =>
  due.every(
    ({ lastNotified }) =>
      lastNotified &&
      isEnough(lastNotified.newsAt ?? lastNotified.notifiedAt ?? lastNotified.at, now, reminding),
  );

// Each reminder comes an interval after the word before, so that how long it was since the news tells how many there were.
const isEnough = (newsAt: Instant, notifiedAt: Instant, { every, atMost }: Reminding): boolean =>
  notifiedAt - newsAt >= every * atMost;

const NEVER = Number.POSITIVE_INFINITY;

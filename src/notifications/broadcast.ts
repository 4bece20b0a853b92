import type { Member } from "../incidents/alert-group.ts";
import type { LastNotified } from "../incidents/incident.ts";
import type { Watch } from "../settings/watch.ts";
import { HOUR, type Instant } from "../time/time.ts";
import { isReminder, type NotificationReason } from "./decide.ts";

/** How long the channel is not shown again that the same incident was reopened. */
const REOPENING_SHOWN_FOR = 6 * HOUR;

/** Whether the whole channel may be shown that an incident was reopened; its thread always is. */
export const mayShowReopening = ({ reopeningShownAt }: Partial<LastNotified>, now: Instant): boolean =>
  reopeningShownAt === undefined || now - reopeningShownAt >= REOPENING_SHOWN_FOR;

/**
 * Whether the whole channel sees a reply, not only the thread: what got worse, reminders, another app that joined, and
 * an incident that was reopened, once in six hours.
 */
export function isForAll(
  { reason, members }: { readonly reason: NotificationReason; readonly members: readonly Member[] },
  now: Instant,
): boolean {
  if (reason === "worsened" || isReminder(reason)) return true;
  if (reason === "reopened")
    return members.some(
      ({ incident: { resolvedAt, lastNotified } }) =>
        resolvedAt === undefined && lastNotified?.resolved && mayShowReopening(lastNotified, now),
    );
  if (reason !== "joined") return false;
  const known = new Set(
    members.flatMap(({ incident, watch }) => (incident.lastNotified ? [appOf(watch)] : [])),
  );
  return members.some(({ incident, watch }) => !incident.lastNotified && !known.has(appOf(watch)));
}

const appOf = ({ series }: Watch): string => series.app ?? "all";

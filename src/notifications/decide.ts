import type { AlertGroup, Member } from "../incidents/alert-group.ts";
import { type Incident, isNeverNotified, isRevised } from "../incidents/incident.ts";
import type { Instant } from "../time/time.ts";
import { isLastReminder, type Reminding, remindAt } from "./reminder.ts";
import type { SuppressionReason } from "./suppression.ts";

/**
 * Why something is said. `updated` is an edit in place that notifies nobody; `missed` tells of what was over before
 * anyone could be told (the bot or Slack was down, or the hours were quiet); `unmuted` that a mute is over and this is
 * not; `reminder` that nobody has acknowledged what is critical, `last-reminder` that this is not said again; `labelled`
 * what follows from what somebody said it was, or that they took it back; `retracted` that its hours, read again, are as
 * expected.
 */
export type NotificationReason =
  | "opened"
  | "joined"
  | "worsened"
  | "reopened"
  | "unmuted"
  | "reminder"
  | "last-reminder"
  | "labelled"
  | "updated"
  | "resolved"
  | "retracted"
  | "missed";
/** `over-budget`: a digest tells of it instead of a message of its own. */
export type NotNotifiedReason = SuppressionReason | "over-limit" | "already-notified" | "retracted";

export type Decision =
  | { readonly notify: NotificationReason }
  | { readonly suppress: NotNotifiedReason; readonly overflow?: string };

/** The present, and how patient to be in it. */
export interface Moment {
  readonly now: Instant;
  readonly reminding: Reminding;
}

/** Compares how the incidents of a cause stand with what people were last told about them. */
export function decide(
  { ref, overflowId }: Pick<AlertGroup, "ref" | "overflowId">,
  members: readonly Member[],
  { now, reminding }: Moment,
): Decision {
  const notifiable = members.filter(isNotifiable);
  if (notifiable.length === 0) return { suppress: suppressionOf(members) };
  const incidents = notifiable.map(({ incident }) => incident);

  if (!ref && overflowId !== undefined) return decideInOverflow(overflowId, incidents, { now, reminding });
  // Where there is a message, but nobody is noted to have been told, a crash came between.
  const isNew = !ref || members.every(({ incident }) => !incident.lastNotified);
  if (isNew) return { notify: incidents.every(isOver) ? "missed" : "opened" };
  if (incidents.some(({ lastNotified }) => !lastNotified)) return { notify: "joined" };
  if (incidents.some((incident) => !isOver(incident) && incident.lastNotified?.resolved))
    return { notify: "reopened" };
  const critical = incidents.filter(isCritical);
  if (critical.length > 0 && critical.every(isWorse)) return { notify: "worsened" };
  if (incidents.some(wasUnmuted)) return { notify: "unmuted" };
  if (incidents.every(isOver) && incidents.some(isOverUntold)) return { notify: "resolved" };
  if (incidents.some(isRetractedUntold)) return { notify: "retracted" };
  if (incidents.some(isRelabelled)) return { notify: "labelled" };
  const due = incidents.filter((incident) => now >= remindAt(incident, reminding));
  if (due.length > 0) return { notify: isLastReminder(due, now, reminding) ? "last-reminder" : "reminder" };
  return incidents.some(hasNews) ? { notify: "updated" } : { suppress: "already-notified" };
}

/** What a digest tells of is worth a message of its own while it is critical and no better; there may be room by now. */
function decideInOverflow(overflow: string, incidents: readonly Incident[], moment: Moment): Decision {
  const isDue = incidents.some((incident) => moment.now >= remindAt(incident, moment.reminding));
  if (!isDue && !incidents.some(hasNews)) return { suppress: "already-notified" };
  const asBadAsEver = incidents.filter(
    ({ lastBucket, lastAnomalousBucket }) => lastBucket <= lastAnomalousBucket,
  );
  return asBadAsEver.some(isCritical) ? { notify: "opened" } : { suppress: "over-limit", overflow };
}

/**
 * Whether people may hear of it now. The end of what they were told comes through a mute, not through quiet hours, which
 * only make it wait; what ended before a mute did is never told.
 */
export function isNotifiable({ incident, suppression }: Pick<Member, "incident" | "suppression">): boolean {
  if (isNeverNotified(incident)) return false;
  return (
    !suppression ||
    (suppression.because === "muted" && incident.lastNotified !== undefined && isOver(incident))
  );
}

/** Why people hear nothing of members none of which is audible. */
export const suppressionOf = (members: readonly Member[]): NotNotifiedReason =>
  members.every(({ incident }) => incident.retracted !== undefined)
    ? "retracted"
    : members.every(({ suppression }) => suppression?.because === "quiet-hours")
      ? "quiet-hours"
      : "muted";

/** Whether something of it was kept back by a mute since people last heard of it, and it goes on. */
export const wasUnmuted = ({ resolvedAt, suppressed, lastNotified }: Incident): boolean =>
  resolvedAt === undefined &&
  suppressed?.because === "muted" &&
  (lastNotified === undefined || suppressed.at > lastNotified.at);

/** Whether people are reminded of what they know. */
export const isReminder = (reason: NotificationReason): boolean =>
  reason === "reminder" || reason === "last-reminder";

/** Whether an incident stands otherwise than people were told. */
export function hasNews(incident: Incident): boolean {
  const { lastNotified, severity, resolvedAt, lastBucket, acknowledged } = incident;
  if (!lastNotified || lastNotified.resolved !== (resolvedAt !== undefined) || isRelabelled(incident))
    return true;
  if (isRevised(incident)) return true;
  return (
    resolvedAt === undefined &&
    (lastNotified.severity !== severity ||
      lastBucket > lastNotified.bucket ||
      lastNotified.acknowledgedBy !== acknowledged?.by)
  );
}

/** Whether somebody did something about it, and waits to see that in its message. */
export const isAwaited = ({ lastNotified, acknowledged, unwatched, openedAt }: Incident): boolean =>
  lastNotified !== undefined &&
  (lastNotified.bucket < openedAt ||
    lastNotified.acknowledgedBy !== acknowledged?.by ||
    (unwatched !== undefined && !lastNotified.resolved));

/** Whether it turned critical since people were told. */
export const isWorse = ({ severity, lastNotified }: Incident): boolean =>
  severity === "critical" && lastNotified?.severity !== "critical";

/** Whether it was labelled, or its label taken back, since people were told. */
export const isRelabelled = ({ lastNotified, labelled }: Incident): boolean =>
  lastNotified?.labelled?.at !== labelled?.at;

// That a watch was removed is announced as a change: its message is edited.
const isOverUntold = ({ lastNotified, retracted, unwatched }: Incident): boolean =>
  !lastNotified?.resolved && retracted === undefined && !unwatched;

/** Whether people do not know yet that it was retracted. */
export const isRetractedUntold = ({ lastNotified, retracted }: Incident): boolean =>
  retracted !== undefined && lastNotified !== undefined && !lastNotified.retracted;

const isOver = ({ resolvedAt }: Incident): boolean => resolvedAt !== undefined;

// What is expected may get as bad as it likes.
const isCritical = (incident: Incident): boolean =>
  incident.severity === "critical" && incident.labelled?.label !== "expected" && !isOver(incident);

import type { AlertGroup, Member } from "../incidents/alert-group.ts";
import { type Incident, isNeverNotified, isRevised } from "../incidents/incident.ts";
import type { Instant } from "../time/time.ts";
import { isLastReminder, type Reminding, remindAt } from "./reminder.ts";
import type { SuppressionReason } from "./suppression.ts";

/**
 * Why people are notified. `updated` is an edit in place that notifies nobody; `missed` reports an incident that
 * resolved before anyone could be notified (the bot or Slack was down, or the hours were quiet); `unmuted` one that
 * outlasted its mute; `reminder` a critical one that nobody acknowledged, `last-reminder` the last such reminder;
 * `labelled` the effects of a label, or of its removal; `retracted` an incident whose hours, read again, are as
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
/** `over-limit`: an overflow summary lists it instead of a message of its own. */
export type NotNotifiedReason = SuppressionReason | "over-limit" | "already-notified" | "retracted";

export type Decision =
  | { readonly notify: NotificationReason }
  | { readonly suppress: NotNotifiedReason; readonly overflow?: string };

/** The present instant and the reminder settings. */
export interface Moment {
  readonly now: Instant;
  readonly reminding: Reminding;
}

/** Compares the incidents of an alert group with what people were last notified of. */
export function decide(
  { ref, overflowId }: Pick<AlertGroup, "ref" | "overflowId">,
  members: readonly Member[],
  { now, reminding }: Moment,
): Decision {
  const notifiable = members.filter(isNotifiable);
  const edited = ref && members.some(isMuteNews) ? ({ notify: "updated" } as const) : undefined;
  if (notifiable.length === 0) return edited ?? { suppress: suppressionOf(members) };
  const incidents = notifiable.map(({ incident }) => incident);

  if (!ref && overflowId !== undefined) return decideInOverflow(overflowId, incidents, { now, reminding });
  // A message without a recorded notification: a crash came between.
  const isNew = !ref || members.every(({ incident }) => !incident.lastNotified);
  if (isNew) return { notify: incidents.every(isOver) ? "missed" : "opened" };
  if (incidents.some(({ lastNotified }) => !lastNotified)) return { notify: "joined" };
  if (incidents.some((incident) => !isOver(incident) && incident.lastNotified?.resolved))
    return { notify: "reopened" };
  const critical = incidents.filter(isCritical);
  if (critical.length > 0 && critical.every(isWorse)) return { notify: "worsened" };
  if (incidents.some(wasUnmuted)) return { notify: "unmuted" };
  if (incidents.every(isOver) && incidents.some(isEndNews)) return { notify: "resolved" };
  if (incidents.some(isRetractionNews)) return { notify: "retracted" };
  if (incidents.some(isRelabelled)) return { notify: "labelled" };
  const due = incidents.filter((incident) => now >= remindAt(incident, reminding));
  if (due.length > 0) return { notify: isLastReminder(due, now, reminding) ? "last-reminder" : "reminder" };
  return incidents.some(hasNews) ? { notify: "updated" } : (edited ?? { suppress: "already-notified" });
}

/**
 * A group in an overflow summary may get a message of its own while it is critical and not improving; the limit may
 * allow it now.
 */
function decideInOverflow(overflow: string, incidents: readonly Incident[], moment: Moment): Decision {
  const isDue = incidents.some((incident) => moment.now >= remindAt(incident, moment.reminding));
  if (!isDue && !incidents.some(hasNews)) return { suppress: "already-notified" };
  const asBadAsEver = incidents.filter(
    ({ lastBucket, lastAnomalousBucket }) => lastBucket <= lastAnomalousBucket,
  );
  return asBadAsEver.some(isCritical) ? { notify: "opened" } : { suppress: "over-limit", overflow };
}

/**
 * Whether people may be notified of it now. The end of an incident they know passes a mute, but waits for the end of
 * quiet hours; one that resolved while muted is never posted.
 */
export function isNotifiable({ incident, suppression }: Pick<Member, "incident" | "suppression">): boolean {
  if (isNeverNotified(incident)) return false;
  return (
    !suppression ||
    (suppression.because === "muted" && incident.lastNotified !== undefined && isOver(incident))
  );
}

/**
 * Names the mute of an incident that people know, until when and by whom: its message shows that. Undefined without
 * one.
 */
export const muteToShow = ({ incident, suppression }: Member): string | undefined =>
  suppression?.because === "muted" && incident.lastNotified && !isOver(incident)
    ? `${suppression.until ?? "recovery"} ${suppression.by ?? ""}`
    : undefined;

/** Whether a message shows it: also what is muted, if people know it. */
export const isShown = (member: Member): boolean => isNotifiable(member) || muteToShow(member) !== undefined;

/** Whether its message shows another mute than it has, or another acknowledgement while it is muted. */
export function isMuteNews(member: Member): boolean {
  const { lastNotified, acknowledged } = member.incident;
  const muted = muteToShow(member);
  if (!lastNotified || isOver(member.incident)) return false;
  return (
    muted !== lastNotified.muted || (muted !== undefined && lastNotified.acknowledgedBy !== acknowledged?.by)
  );
}

/** Why people are not notified of members of which none is notifiable. */
export const suppressionOf = (members: readonly Member[]): NotNotifiedReason =>
  members.every(({ incident }) => incident.retracted !== undefined)
    ? "retracted"
    : members.every(({ suppression }) => suppression?.because === "quiet-hours")
      ? "quiet-hours"
      : "muted";

/** Whether a mute suppressed it since the last notification, and it is still open. */
export const wasUnmuted = ({ resolvedAt, suppressed, lastNotified }: Incident): boolean =>
  resolvedAt === undefined &&
  suppressed?.because === "muted" &&
  (lastNotified === undefined || suppressed.at > lastNotified.at);

/** Whether it repeats what people know. */
export const isReminder = (reason: NotificationReason): boolean =>
  reason === "reminder" || reason === "last-reminder";

/** Whether an incident differs from what people were last notified of. */
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

/** Whether a person did something about it and waits to see that in its message. */
export function isAwaited(member: Member): boolean {
  const { lastNotified, acknowledged, unwatched, openedAt } = member.incident;
  return (
    lastNotified !== undefined &&
    (lastNotified.bucket < openedAt ||
      lastNotified.acknowledgedBy !== acknowledged?.by ||
      isMuteNews(member) ||
      (unwatched !== undefined && !lastNotified.resolved))
  );
}

/** Whether it turned critical since the last notification. */
export const isWorse = ({ severity, lastNotified }: Incident): boolean =>
  severity === "critical" && lastNotified?.severity !== "critical";

/** Whether it was labelled or unlabelled since the last notification. */
export const isRelabelled = ({ lastNotified, labelled }: Incident): boolean =>
  lastNotified?.labelled?.at !== labelled?.at;

// The removal of a watch is announced as a change: its message is only edited.
const isEndNews = ({ lastNotified, retracted, unwatched }: Incident): boolean =>
  !lastNotified?.resolved && retracted === undefined && !unwatched;

/** Whether people were not notified yet that it was retracted. */
export const isRetractionNews = ({ lastNotified, retracted }: Incident): boolean =>
  retracted !== undefined && lastNotified !== undefined && !lastNotified.retracted;

const isOver = ({ resolvedAt }: Incident): boolean => resolvedAt !== undefined;

// An incident labelled expected may worsen without a notification.
const isCritical = (incident: Incident): boolean =>
  incident.severity === "critical" && incident.labelled?.label !== "expected" && !isOver(incident);

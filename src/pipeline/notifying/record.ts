import type { Member } from "../../incidents/alert-group.ts";
import type { Incident, LastNotified } from "../../incidents/incident.ts";
import { mayShowReopening } from "../../notifications/broadcast.ts";
import { isReminder, muteToShow, type NotificationReason } from "../../notifications/decide.ts";
import type { SuppressedNotification } from "../../notifications/suppression.ts";
import { isSame } from "../../settings/change.ts";
import type { Instant } from "../../time/time.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";
import type { Block, MessageRef } from "../ports/messages.ts";

/** Records what people were notified of about an incident; other writers' changes stay. */
export async function recordNotified(
  notified: Incident,
  ref: MessageRef,
  reason: NotificationReason,
  { incidents, clock }: Context,
): Promise<void> {
  const at = clock();
  const lastNotified: LastNotified = {
    severity: notified.severity,
    resolved: notified.resolvedAt !== undefined,
    bucket: notified.lastBucket,
    balance: Math.round(notified.balance),
    ...(isRetractionNotified(notified, reason) && { retracted: true }),
    at,
    notifiedAt:
      reason === "updated" ? (notified.lastNotified?.notifiedAt ?? notified.lastNotified?.at ?? at) : at,
    newsAt: reason === "updated" || isReminder(reason) ? (newsAtOf(notified) ?? at) : at,
    ...reopeningShown(notified, reason, at),
    ...(notified.acknowledged && { acknowledgedBy: notified.acknowledged.by }),
    ...labelNotified(notified, reason),
    ...ref,
  };
  await amend(incidents, notified.id, (now) => ({ ...now, lastNotified }));
}

/** Records that its message shows an incident as muted, and who acknowledged it; what people were notified of stays. */
export async function recordMuteShown(
  member: Member,
  { incidents }: Pick<Context, "incidents">,
): Promise<void> {
  const muted = muteToShow(member);
  const { id, acknowledged } = member.incident;
  await amend(incidents, id, ({ lastNotified, ...now }) => {
    if (!lastNotified) return undefined;
    const { acknowledgedBy: _, ...known } = lastNotified;
    return {
      ...now,
      lastNotified: {
        ...known,
        ...(muted !== undefined && { muted }),
        ...(acknowledged && { acknowledgedBy: acknowledged.by }),
      },
    };
  });
}

// The first notification and the end at a new level include the label; no other does.
function labelNotified(
  { lastNotified, labelled, accepted }: Incident,
  reason: NotificationReason,
): Pick<LastNotified, "labelled"> {
  const showsLabel = reason === "labelled" || !lastNotified || (accepted && accepted.at === labelled?.at);
  const known = showsLabel ? labelled : lastNotified?.labelled;
  return known ? { labelled: known } : {};
}

/** Kept until it may be shown to the channel again. */
function reopeningShown(
  { lastNotified }: Incident,
  reason: NotificationReason,
  at: Instant,
): Pick<LastNotified, "reopeningShownAt"> {
  const shownAt = lastNotified?.reopeningShownAt;
  if (reason === "reopened" && lastNotified?.resolved && mayShowReopening(lastNotified, at))
    return { reopeningShownAt: at };
  return shownAt === undefined ? {} : { reopeningShownAt: shownAt };
}

const isRetractionNotified = ({ lastNotified, retracted }: Incident, reason: NotificationReason): boolean =>
  retracted !== undefined && (reason === "retracted" || lastNotified?.retracted === true);

const newsAtOf = ({ lastNotified }: Incident) =>
  lastNotified && (lastNotified.newsAt ?? lastNotified.notifiedAt ?? lastNotified.at);

/** Records where the message of an alert group is, and which image it shows. */
export async function recordMessage(
  alertGroupId: string,
  ref: MessageRef,
  chartImage: Block | undefined,
  { alertGroups }: Pick<Context, "alertGroups">,
): Promise<void> {
  await amend(alertGroups, alertGroupId, (alertGroup) =>
    alertGroup.ref?.ts === ref.ts && (!chartImage || isSame(chartImage, alertGroup.chartImage))
      ? alertGroup
      : { ...alertGroup, ref, ...(chartImage && { chartImage }) },
  );
}

/** Records a suppression of an incident. */
export async function recordSuppressed(
  incidentId: string,
  suppressed: SuppressedNotification,
  { incidents }: Pick<Context, "incidents">,
): Promise<void> {
  await amend(incidents, incidentId, (now) => ({ ...now, suppressed }));
}

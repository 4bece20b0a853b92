import type { Incident, LastNotified } from "../../incidents/incident.ts";
import { isReminder, type NotificationReason } from "../../notifications/decide.ts";
import type { SuppressedNotification } from "../../notifications/suppression.ts";
import { isSame } from "../../settings/change.ts";
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
    ...(notified.acknowledged && { acknowledgedBy: notified.acknowledged.by }),
    ...labelNotified(notified, reason),
    ...ref,
  };
  await amend(incidents, notified.id, (now) => ({ ...now, lastNotified }));
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

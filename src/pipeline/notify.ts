import type { AlertGroup, Member } from "../incidents/alert-group.ts";
import {
  type Decision,
  decide,
  isAwaited,
  isNotifiable,
  isShown,
  type Moment,
  muteToShow,
} from "../notifications/decide.ts";
import { type Notification, notificationFor, notificationOf } from "../notifications/notification.ts";
import { affectedBy, decisionsFor } from "../reports/audit.ts";
import { isSame } from "../settings/change.ts";
import type { Context } from "./context.ts";
import { isSentElsewhere } from "./delivering/fallback.ts";
import { assignGroup, memberOf, membersOf } from "./notifying/alert-group.ts";
import { acquireMessage } from "./notifying/alert-limit.ts";
import { alertContextOf } from "./notifying/context.ts";
import { eachAlone } from "./notifying/each-alone.ts";
import { closeUnwatched, hasMoved, leaveFor, noteMoved } from "./notifying/leaving.ts";
import { isPlaceGone, moveOn } from "./notifying/move-on.ts";
import { finish, leave, pendingIn, recordAll, type Waiting } from "./notifying/outbox.ts";
import { addToOutage, addToOverflow, notifyOverflow } from "./notifying/overflow.ts";
import { recordMessage, recordMuteShown, recordNotified } from "./notifying/record.ts";
import { send } from "./notifying/send.ts";
import { type SuppressionOf, suppressions } from "./notifying/suppression.ts";
import { surroundingsOf } from "./notifying/surroundings.ts";

/** The decision for one alert group. */
export type Decided = { readonly alertGroupId: string } & Decision;

/**
 * Notifies of the incidents of one group key, alert group by alert group. Reads everything afresh and decides just
 * before it posts.
 */
export async function notify(groupKey: string, context: Context): Promise<Decided[]> {
  const alertGroups = new Map<string, Waiting>();
  const decided: Decided[] = [];
  const [all, suppressionOf] = await Promise.all([pendingIn(groupKey, context), suppressions(context)]);
  for (const [incidentId, entry] of all) {
    const own: Waiting = new Map([[incidentId, entry]]);
    // Incidents that moved have to be taken out of their former message.
    if (incidentId.startsWith(`${groupKey}@`))
      alertGroups.set(incidentId, new Map([...(alertGroups.get(incidentId) ?? []), ...own]));
    const member = await memberHere(incidentId, suppressionOf, context);
    if (!member) {
      if (!alertGroups.has(incidentId)) await leave(own, context);
    } else if (!member.incident.lastNotified && !isNotifiable(member)) {
      const alertGroupId = member.incident.alertGroupId ?? incidentId;
      decided.push({ alertGroupId, ...decide({}, [member], momentOf(context)) });
      await finish(groupKey, [member], own, context);
    } else {
      const alertGroupId = await assignGroup(member, context);
      alertGroups.set(alertGroupId, new Map([...(alertGroups.get(alertGroupId) ?? []), ...own]));
    }
  }
  // A group that Slack refuses does not hold up the others.
  await eachAlone(alertGroups, async ([alertGroupId, waiting]) => {
    try {
      decided.push(...(await notifyGroup(alertGroupId, waiting, context)));
    } catch (error) {
      if (!isPlaceGone(error) || !(await moveOn(alertGroupId, context))) throw error;
      const entry = waiting.get(alertGroupId);
      if (entry) await context.outbox.remove(alertGroupId, entry);
    }
  });
  return decided;
}

/** An incident with its watch, taken out of its former channel's message, and closed if its watch is gone. */
async function memberHere(
  incidentId: string,
  suppressionOf: SuppressionOf,
  context: Context,
): Promise<Member | undefined> {
  const member = await memberOf(incidentId, context, suppressionOf);
  if (member && !hasMoved(member)) return member;
  if (member) await leaveFor(member, context);
  else if (!(await closeUnwatched(incidentId, context))) return undefined;
  return memberOf(incidentId, context, suppressionOf);
}

/** Notifies of an alert group until nothing is left, or its message was edited a moment ago. */
async function notifyGroup(alertGroupId: string, waiting: Waiting, context: Context): Promise<Decided[]> {
  const decided: Decided[] = [];
  for (;;) {
    const alertGroup = await alertGroupOf(alertGroupId, context);
    if (!alertGroup) {
      await leave(waiting, context);
      return decided;
    }
    const members = await membersOf(alertGroup, context);
    const decision = await withinLimits(
      decide(alertGroup, members, momentOf(context)),
      alertGroup,
      members,
      context,
    );
    decided.push({ alertGroupId, ...decision });
    if ("suppress" in decision) {
      // It stays in the outbox; the next tick tries again.
      if (decision.overflow && !(await notifyOverflow(decision.overflow, alertGroupId, context)))
        return decided;
      const unmoved = members.filter(({ incident }) => waiting.has(incident.id)).filter(isNotifiable);
      if (decided.length === 1) await recordAll(decisionsFor(decision, unmoved, context.clock()), context);
      await finish(alertGroup.groupKey, members.filter(isHere), waiting, context);
      return decided;
    }
    // It stays in the outbox; the next tick tries again.
    if (decision.notify === "updated" && isFresh(members, context) && !members.some(isAwaited))
      return decided;

    const surroundings = await surroundingsOf(members, context);
    const shown = await inContext(
      notificationFor(decision.notify, alertGroup, members.filter(isShown), surroundings),
      context,
    );
    const isAll = shown.members.every(isNotifiable);
    // Nobody is notified of what is muted: only the message itself shows it.
    const replied =
      isAll || !members.some(isNotifiable)
        ? shown
        : await inContext(notificationOf(decision.notify, alertGroup, members, surroundings), context);
    const { cause } = shown.alertContext ?? {};
    if (cause) await context.breakdowns.saveCause(alertGroupId, cause);
    const { chartImage, ...ref } = await send(shown, replied, alertGroup, context);
    await recordMessage(alertGroupId, ref, chartImage, context);
    if (alertGroup.chartImage && chartImage && !isSame(alertGroup.chartImage, chartImage))
      context.discard(alertGroup.chartImage);
    await recordAll(decisionsFor(decision, affectedBy(decision, members), context.clock()), context);
    for (const { incident } of members.filter(isNotifiable).filter(isHere))
      await recordNotified(incident, ref, decision.notify, context);
    for (const member of members.filter((one) => muteToShow(one) !== undefined).filter(isHere))
      await recordMuteShown(member, context);
    await noteMoved(alertGroupId, members, context);
  }
}

/** With the context, while it is open. */
async function inContext(notification: Notification, context: Context): Promise<Notification> {
  const isElsewhere = await isSentElsewhere(notification.alertGroup.id, context);
  const sent = isElsewhere ? { ...notification, isSentElsewhere: true as const } : notification;
  if (notification.incident.resolvedAt !== undefined) return sent;
  return { ...sent, alertContext: await alertContextOf(notification, context) };
}

const momentOf = ({ clock, reminding }: Context): Moment => ({ now: clock(), reminding });

/** Decides, and asks the alert limit if a new message is to be posted. */
async function withinLimits(
  decision: Decision,
  alertGroup: AlertGroup,
  members: readonly Member[],
  context: Context,
): Promise<Decision> {
  if (alertGroup.ref || !("notify" in decision)) return decision;
  const notifiable = members.filter(isNotifiable);
  const { channel } = notifiable[0]!.watch;
  if (decision.notify === "missed" && (await isSentElsewhere(alertGroup.id, context)))
    return { suppress: "over-limit", overflow: await addToOutage(alertGroup, channel, context) };
  const admission = await acquireMessage(channel, alertGroup, notifiable, context);
  if (admission.to === "message") return decision;
  return { suppress: "over-limit", overflow: await addToOverflow(alertGroup, channel, admission, context) };
}

/** An alert group with its message, also if a crash kept that from being recorded. */
async function alertGroupOf(
  alertGroupId: string,
  { alertGroups, notificationLog }: Context,
): Promise<AlertGroup | undefined> {
  const alertGroup = await alertGroups.byId(alertGroupId);
  if (!alertGroup || alertGroup.ref) return alertGroup;
  const entry = await notificationLog.entry(alertGroupId);
  return entry?.state === "sent"
    ? { ...alertGroup, ref: { channel: entry.channel, ts: entry.ts } }
    : alertGroup;
}

/** Whether an incident is still notified of in this group. */
const isHere = ({ incident }: Member): boolean => incident.unwatched?.movedTo === undefined;

const isFresh = (members: readonly Member[], { clock, editEvery }: Context): boolean =>
  members.some(({ incident: { lastNotified } }) => lastNotified && clock() - lastNotified.at < editEvery);

import type { AlertGroup, Member } from "../incidents/alert-group.ts";
import {
  type Delivery,
  decideDelivery,
  deliveryId,
  isDone,
  type Sent,
  subjectOf,
} from "../notifications/delivery.ts";
import { notificationFor } from "../notifications/notification.ts";
import type { Route } from "../notifications/route.ts";
import { incidentAlert } from "../text/outside-alert.ts";
import type { Context } from "./context.ts";
import { recordDestinationFailures } from "./delivering/failures.ts";
import { dueOf, routesInForce } from "./delivering/routes.ts";
import { sendOnce } from "./delivering/send-once.ts";
import { assignGroup, memberOf, membersOf } from "./notifying/alert-group.ts";
import { alertContextOf } from "./notifying/context.ts";
import { eachAlone } from "./notifying/each-alone.ts";
import { hasMoved } from "./notifying/leaving.ts";
import type { Waiting } from "./notifying/outbox.ts";
import { type SuppressionOf, suppressions } from "./notifying/suppression.ts";
import { surroundingsOf } from "./notifying/surroundings.ts";
import type { Destination } from "./ports/destinations.ts";
import type { OutboxEntry } from "./ports/incidents.ts";

/** What a destination was sent about an alert. */
export type Delivered = { readonly key: string } & Pick<Sent, "action" | "severity">;

/**
 * Sends to one destination what its routes say, alert group by alert group. Compares how each stands with what the
 * destination was sent, so it may run late, twice, or after a crash. An incident stays in the destination's outbox
 * until its end was sent.
 */
export async function deliver(name: string, context: Context): Promise<Delivered[]> {
  const found = context.destinations.find((destination) => destination.name === name);
  if (!found) return [];
  const destination = recordDestinationFailures(found, context);
  const pending = await context.deliveries.pending(name);
  if (pending.size === 0) return [];
  const [all, suppressionOf] = await Promise.all([routesInForce(context), suppressions(context)]);
  const routes = all.filter((route) => route.destination === name);
  const alertGroups = await groupsOf(pending, suppressionOf, destination, context);
  const delivered: Delivered[] = [];
  await eachAlone(alertGroups, async ([alertGroupId, waiting]) => {
    const sent = await deliverGroup(alertGroupId, waiting, { destination, routes }, context);
    if (sent) delivered.push({ key: alertGroupId, action: sent.action, severity: sent.severity });
  });
  return delivered;
}

/** The incidents by their alert groups. What does not exist any more leaves the outbox. */
async function groupsOf(
  pending: ReadonlyMap<string, OutboxEntry>,
  suppressionOf: SuppressionOf,
  { name }: Destination,
  context: Context,
): Promise<Map<string, Waiting>> {
  const alertGroups = new Map<string, Waiting>();
  for (const [incidentId, entry] of pending) {
    const member = await memberOf(incidentId, context, suppressionOf);
    // One that is moving to another channel gets its new group from the notify step.
    if (member && hasMoved(member)) continue;
    const id = member ? await assignGroup(member, context) : incidentId;
    if (member || (await context.alertGroups.byId(id)))
      alertGroups.set(id, new Map([...(alertGroups.get(id) ?? []), [incidentId, entry]]));
    else await context.deliveries.remove(name, incidentId, entry);
  }
  return alertGroups;
}

interface To {
  readonly destination: Destination;
  readonly routes: readonly Route[];
}

async function deliverGroup(
  alertGroupId: string,
  waiting: Waiting,
  { destination, routes }: To,
  context: Context,
): Promise<Sent | undefined> {
  const alertGroup = (await context.alertGroups.byId(alertGroupId))!;
  const members = await membersOf(alertGroup, context);
  const now = context.clock();
  const delivery = await deliveryOf(alertGroupId, destination, context);
  const profileOf = await context.profiles();
  const subjects = members.map(subjectOf);
  const due = dueOf(members, routes, profileOf, { now, noticedAt: delivery.noticedAt });
  const { repeatEvery } = destination;
  const next = decideDelivery(delivery, { subjects, due, now, ...(repeatEvery && { repeatEvery }) });
  if (next && now >= (delivery.notBefore ?? 0)) {
    const alert = await alertOf(next, delivery, { alertGroup, members }, context);
    await sendOnce(delivery, next, alert, destination, context);
  }
  const after = (await context.deliveries.byId(delivery.id)) ?? delivery;
  if (isDone(after, subjects))
    for (const [id, entry] of waiting)
      if (entry) await context.deliveries.remove(destination.name, id, entry);
  return next;
}

/** What the destination was sent so far; noted at the first look, since routes count time from then. */
export async function deliveryOf(
  key: string,
  { name }: Pick<Destination, "name">,
  { deliveries, clock }: Pick<Context, "deliveries" | "clock">,
): Promise<Delivery> {
  const id = deliveryId(name, key);
  for (;;) {
    const found =
      (await deliveries.byId(id)) ??
      (await deliveries.save({ id, destination: name, key, noticedAt: clock(), version: 0 }));
    if (found) return found;
  }
}

async function alertOf(
  next: Sent,
  { id, key }: Delivery,
  { alertGroup, members }: { readonly alertGroup: AlertGroup; readonly members: readonly Member[] },
  context: Context,
) {
  const meant = members.filter(({ incident }) => next.members.includes(incident.id));
  const reason = next.action === "resolve" ? "resolved" : "opened";
  const notification = notificationFor(reason, alertGroup, meant, await surroundingsOf(meant, context));
  const isOver = notification.incident.resolvedAt !== undefined;
  const alertContext = isOver ? {} : { alertContext: await alertContextOf(notification, context) };
  return incidentAlert({ ...notification, ...alertContext }, next, {
    key,
    messageId: `${id}/${next.action}/${next.at}`,
  });
}

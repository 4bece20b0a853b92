import type { AlertGroup, Member } from "../incidents/alert-group.ts";
import {
  type Delivery,
  decideDelivery,
  isDone,
  isRepeated,
  type Sent,
  subjectOf,
} from "../notifications/delivery.ts";
import { notificationFor } from "../notifications/notification.ts";
import type { Route } from "../notifications/route.ts";
import { sentElsewhere } from "../reports/audit.ts";
import { incidentAlert } from "../text/outside-alert.ts";
import type { Context } from "./context.ts";
import { addHealthIssues, deliverHealth, HEALTH } from "./delivering/deliver-health.ts";
import { deliveryOf } from "./delivering/delivery-of.ts";
import { recordDestinationFailures } from "./delivering/failures.ts";
import { type Fallback, fallbackDue, noteOf } from "./delivering/fallback.ts";
import { dueOf, routesInForce } from "./delivering/routes.ts";
import { sendOnce } from "./delivering/send-once.ts";
import { slackDown } from "./health/slack-outage.ts";
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
  const all = await routesInForce(context);
  const outage = await slackDown(context);
  const isFallback = context.fallback.destinations.includes(name);
  const fallback = outage && { outage, routes: all, isFallback };
  if (outage && isFallback) await addHealthIssues(name, await context.deliveries.pending(name), context);
  const pending = await context.deliveries.pending(name);
  if (pending.size === 0) return [];
  const suppressionOf = await suppressions(context);
  const to: To = { destination, routes: all.filter((route) => route.destination === name), fallback };
  const issues = [...pending].filter(([, { groupKey }]) => groupKey === HEALTH);
  const incidents = new Map([...pending].filter(([, { groupKey }]) => groupKey !== HEALTH));
  const alertGroups = await groupsOf(incidents, suppressionOf, destination, context);
  const delivered: Delivered[] = [];
  const note = (key: string, sent: Sent | undefined) => {
    if (sent) delivered.push({ key, action: sent.action, severity: sent.severity });
  };
  await eachAlone(
    [
      ...[...alertGroups].map(([key, waiting]) => async () => {
        note(key, await deliverGroup(key, waiting, to, context));
      }),
      ...issues.map(([key, entry]) => async () => {
        note(key, await deliverHealth(key, entry, to, context));
      }),
    ],
    (send) => send(),
  );
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
  /** Set while Slack takes no messages. */
  readonly fallback: Fallback | undefined;
}

async function deliverGroup(
  alertGroupId: string,
  waiting: Waiting,
  { destination, routes, fallback }: To,
  context: Context,
): Promise<Sent | undefined> {
  const alertGroup = (await context.alertGroups.byId(alertGroupId))!;
  const members = await membersOf(alertGroup, context);
  const now = context.clock();
  const delivery = await deliveryOf(alertGroupId, destination, context);
  const profileOf = await context.profiles();
  const subjects = members.map(subjectOf);
  const due = new Set([
    ...dueOf(members, routes, profileOf, { now, noticedAt: delivery.noticedAt }),
    ...(fallback?.isFallback ? fallbackDue(members, fallback) : []),
  ]);
  const { repeatEvery } = destination;
  const next = decideDelivery(delivery, { subjects, due, now, ...(repeatEvery && { repeatEvery }) });
  if (next && now >= (delivery.notBefore ?? 0)) {
    const alert = await alertOf(next, delivery, { alertGroup, members, fallback }, context);
    const isFallback = fallback && next.action === "trigger" && ({ isFallback: true } as const);
    const isNews = !delivery.sent || !isRepeated(next, delivery.sent);
    await sendOnce({ ...delivery, ...isFallback }, next, alert, destination, context, async () => {
      if (isNews) await recordSent(next, destination, members, context);
    });
  }
  const after = (await context.deliveries.byId(delivery.id)) ?? delivery;
  if (isDone(after, subjects))
    for (const [id, entry] of waiting)
      if (entry) await context.deliveries.remove(destination.name, id, entry);
  return next;
}

/** Notes in the audit log what a destination was sent. */
async function recordSent(
  next: Sent,
  { name }: Destination,
  members: readonly Member[],
  { audit }: Context,
): Promise<void> {
  const watchIds = new Map(members.map(({ incident, watch }) => [incident.id, watch.id]));
  const sent = sentElsewhere(next, name, members);
  for (const [watchId, decisions] of Map.groupBy(sent, ({ incidentId }) => watchIds.get(incidentId)!))
    await audit.recordDecisions(watchId, decisions);
}

async function alertOf(
  next: Sent,
  { id, key }: Delivery,
  {
    alertGroup,
    members,
    fallback,
  }: {
    readonly alertGroup: AlertGroup;
    readonly members: readonly Member[];
    readonly fallback: Fallback | undefined;
  },
  context: Context,
) {
  const meant = members.filter(({ incident }) => next.members.includes(incident.id));
  const reason = next.action === "resolve" ? "resolved" : "opened";
  const notification = notificationFor(reason, alertGroup, meant, await surroundingsOf(meant, context));
  const isOver = notification.incident.resolvedAt !== undefined;
  const alertContext = isOver ? {} : { alertContext: await alertContextOf(notification, context) };
  const names = { key, messageId: `${id}/${next.action}/${next.at}` };
  return incidentAlert(
    { ...notification, ...alertContext },
    next,
    names,
    noteOf(fallback, notification.zone),
  );
}

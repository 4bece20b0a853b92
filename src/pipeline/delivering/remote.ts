import { InputError } from "../../errors.ts";
import { groupKeyOf, type Member } from "../../incidents/alert-group.ts";
import { type Delivery, deliveryId, type RemoteAct } from "../../notifications/delivery.ts";
import { remoteWords } from "../../text/outside-alert.ts";
import { acknowledge, unacknowledge } from "../actions/acknowledge.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";
import { membersOf } from "../notifying/alert-group.ts";

/**
 * Shows in Slack what somebody did with an alert at its destination. Safe to repeat; what is older than what is known
 * changes nothing, so deliveries may come late and twice. Returns whether it was news.
 */
export async function takeRemoteAct(
  destination: { readonly name: string; readonly title: string },
  key: string,
  act: RemoteAct,
  context: Context,
): Promise<boolean> {
  const { deliveries, alertGroups } = context;
  const delivery = await deliveries.byId(deliveryId(destination.name, key));
  if (!delivery || (delivery.remote && delivery.remote.at >= act.at)) return false;
  const alertGroup = await alertGroups.byId(key);
  const members = alertGroup ? await membersOf(alertGroup, context) : [];
  const open = members.filter(({ incident }) => incident.resolvedAt === undefined);
  // First, so that a repetition after a crash completes it.
  if (open[0]) await show(act, destination.title, [open[0], ...open.slice(1)], context);
  await amend(deliveries, delivery.id, (now) => withAct(now, act));
  return true;
}

/** The delivery as the destination has it now, so that nothing is sent back. */
const withAct = (delivery: Delivery, remote: RemoteAct): Delivery => {
  const { sent } = delivery;
  if (!sent || remote.action === "unacknowledge") return { ...delivery, remote };
  return { ...delivery, remote, sent: { ...sent, action: remote.action } };
};

async function show(
  act: RemoteAct,
  title: string,
  open: readonly [Member, ...Member[]],
  context: Context,
): Promise<void> {
  const by = remoteWords(act, title);
  const [{ incident }] = open;
  try {
    if (act.action === "acknowledge") await acknowledge(incident.id, by, context);
    // An acknowledgement in Slack stays when that at the destination times out.
    else if (act.action === "unacknowledge") {
      const inSlack = remoteWords({ action: "acknowledge", by: "" }, title);
      if (incident.acknowledged?.by.endsWith(inSlack.trim())) await unacknowledge(incident.id, context);
    } else await acknowledgeAnew(open, { by, at: context.clock() }, context);
  } catch (error) {
    // It was resolved meanwhile.
    if (!(error instanceof InputError)) throw error;
  }
}

/** Closing says more than an earlier acknowledgement, so it replaces it. */
async function acknowledgeAnew(
  open: readonly [Member, ...Member[]],
  acknowledged: { readonly by: string; readonly at: number },
  { incidents, outbox }: Context,
): Promise<void> {
  const [{ incident, watch }] = open;
  const groupKey = groupKeyOf(watch, incident);
  await outbox.add(incident.id, groupKey, { isAhead: true });
  for (const { incident: one } of open)
    await amend(incidents, one.id, (now) =>
      now.resolvedAt === undefined && now.acknowledged?.by !== acknowledged.by
        ? { ...now, acknowledged }
        : undefined,
    );
  await outbox.add(incident.id, groupKey);
}

import type { AlertGroup, Member } from "../../incidents/alert-group.ts";
import type { Admission } from "../../notifications/alert-limit.ts";
import { isNotifiable } from "../../notifications/decide.ts";
import {
  enter,
  type Overflow,
  type OverflowEntry,
  overflowNotification,
} from "../../notifications/overflow.ts";
import { seriesId } from "../../series/series.ts";
import type { Watch } from "../../settings/watch.ts";
import { hourOf, MINUTE } from "../../time/time.ts";
import { amend } from "../amend.ts";
import type { Context } from "../context.ts";
import type { Message, MessageRef } from "../ports/messages.ts";
import { membersOf } from "./alert-group.ts";
import { postOnce, replyOnce } from "./idempotent-post.ts";
import { recordNotified } from "./record.ts";

/** Records on both that an alert group is in an overflow summary. Safe to repeat. */
export async function addToOverflow(
  alertGroup: AlertGroup,
  channel: string,
  { overflowId, usage, reached }: Extract<Admission, { to: "overflow" }>,
  context: Context,
): Promise<string> {
  // An alert group stays in the summary that it was put in first.
  const id = alertGroup.overflowId ?? overflowId;
  const since = usage.overflow?.since ?? context.clock();
  await enterOnce(begin(id, channel, since), { alertGroupId: alertGroup.id, reached }, context);
  await amend(context.alertGroups, alertGroup.id, (now) =>
    now.overflowId === id ? now : { ...now, overflowId: id },
  );
  return id;
}

/**
 * Records on both that an alert group is in the summary of what was over before Slack took messages again. Safe to
 * repeat.
 */
export async function addToOutage(
  alertGroup: AlertGroup,
  channel: string,
  context: Context,
): Promise<string> {
  const since = hourOf(context.clock());
  const overflowId = `${channel}.outage@${new Date(since).toISOString().slice(0, 16)}`;
  const reached = { of: "slack", messages: 0, within: 0 } as const;
  const usage = {
    id: channel,
    counted: [],
    overflow: { id: overflowId, since: alertGroup.openedAt },
    version: 0,
  };
  return addToOverflow(alertGroup, channel, { to: "overflow", overflowId, usage, reached }, context);
}

const begin = (id: string, channel: string, since: number): Overflow => ({
  id,
  channel,
  since,
  entries: [],
  version: 0,
});

/**
 * Shows the state of an alert group in its overflow summary, with all others there: one message, edited in place;
 * additions are listed in its thread. Returns false when the message was edited a moment ago and nothing was added, or
 * when another worker is about to post it.
 */
export async function notifyOverflow(
  overflowId: string,
  alertGroupId: string,
  context: Context,
): Promise<boolean> {
  const overflow = await context.overflows.byId(overflowId);
  if (!overflow) return true;
  const alertGroups = await causesOf(overflow, context);
  const own =
    alertGroups.find(({ alertGroup }) => alertGroup.id === alertGroupId)?.members.filter(isNotifiable) ?? [];
  const isNew = own.some(({ incident }) => !incident.lastNotified);
  if (!isNew && isFresh(overflow, context)) return false;

  const profileOf = await context.profiles();
  const zoneOf = ({ series }: Watch) => profileOf(seriesId(series)).zone;
  const notification = overflowNotification(overflow, alertGroups, alertGroupId, zoneOf);
  const root = context.renderer.overflow.root(notification);
  const ref = overflow.ref
    ? await edit({ ...overflow, ref: overflow.ref }, root, context)
    : await post(overflow, root, context);
  if (!ref) return false;
  const newest = notification.added[0]?.incident.id;
  for (const [i, reply] of context.renderer.overflow.replies(notification).entries()) {
    const messageId = `${overflow.id}/${newest}/${i}`;
    await replyOnce(ref, reply, { messageId }, context);
  }
  await amend(context.overflows, overflowId, (now) => ({ ...now, ref, editedAt: context.clock() }));
  for (const { incident } of own) await recordNotified(incident, ref, "opened", context);
  // The edit also shows the state of all the others.
  const others = alertGroups.filter(({ alertGroup }) => alertGroup.id !== alertGroupId && !alertGroup.ref);
  for (const { incident } of others.flatMap(({ members }) => members.filter(isNotifiable)))
    if (incident.lastNotified) await recordNotified(incident, ref, "updated", context);
  return true;
}

/** How long a worker that is about to post a summary keeps others from it; it may have crashed. */
const TURN = MINUTE;

/** Posts a summary, unless a worker on another group key of the channel is about to. */
async function post(overflow: Overflow, message: Message, context: Context): Promise<MessageRef | undefined> {
  const { id, channel, posting } = overflow;
  const now = context.clock();
  if (posting !== undefined && now - posting < TURN) return undefined;
  if (!(await context.overflows.save({ ...overflow, posting: now }))) return undefined;
  try {
    return await postOnce(channel, message, { messageId: id }, context);
  } catch (error) {
    await amend(context.overflows, id, ({ posting: _, ...rest }) => rest);
    throw error;
  }
}

async function edit(
  { id, channel, ref }: Overflow & { ref: MessageRef },
  message: Message,
  context: Context,
): Promise<MessageRef> {
  if (await context.messenger.update(ref, message, id)) return ref;
  // If somebody deleted it, it is posted anew, once for each message lost.
  return postOnce(channel, message, { messageId: `${id}/again-${ref.ts}` }, context);
}

const isFresh = ({ editedAt }: Overflow, { clock, editEvery }: Context): boolean =>
  editedAt !== undefined && clock() - editedAt < editEvery;

async function causesOf(
  { entries }: Overflow,
  context: Context,
): Promise<{ alertGroup: AlertGroup; members: Member[] }[]> {
  const alertGroups = await Promise.all(
    entries.map(({ alertGroupId }) => context.alertGroups.byId(alertGroupId)),
  );
  return Promise.all(
    alertGroups
      .filter((alertGroup) => alertGroup !== undefined)
      .map(async (alertGroup) => ({ alertGroup, members: await membersOf(alertGroup, context) })),
  );
}

/** Adds an alert group to a summary; it may be the first. */
async function enterOnce(
  begun: Overflow,
  entry: OverflowEntry,
  { overflows }: Pick<Context, "overflows">,
): Promise<void> {
  for (;;) {
    const before = await overflows.byId(begun.id);
    const after = enter(before ?? begun, entry);
    if (after === before || (await overflows.save(after))) return;
  }
}

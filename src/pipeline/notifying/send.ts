import type { AlertGroup } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { isForAll } from "../../notifications/broadcast.ts";
import { isWorse } from "../../notifications/decide.ts";
import { type Notification, newMembers } from "../../notifications/notification.ts";
import type { Instant } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { Message, Posted } from "../ports/messages.ts";
import { imageIn, orDiscard } from "./discard.ts";
import { postOnce, replyOnce } from "./idempotent-post.ts";

/**
 * The root message always shows the present state; its thread says what changed.
 * @param shown what the message shows
 * @param notification what people are notified of
 */
export async function send(
  shown: Notification,
  notification: Notification,
  alertGroup: AlertGroup,
  context: Context,
): Promise<Posted> {
  const root = await postRoot(shown, alertGroup, context);
  const isNewer =
    alertGroup.ref && (notification.reason === "worsened" || notification.reason === "resolved");
  const hasChart = isNewer && context.newChartImages !== "edit";
  for (const part of await partsOf(notification, alertGroup, context))
    for (const [i, reply] of context.renderer.alerts.replies(part).entries()) {
      const messageId = nameOf(alertGroup, occasion(part), i);
      const broadcast = isForAll(part, context.clock()) && i === 0;
      const posted =
        hasChart && i === 0 ? await context.attachChart(reply, part) : await calm(reply, part, context);
      await orDiscard(posted, context, () => replyOnce(root, posted, { messageId, broadcast }, context));
    }
  return root;
}

/**
 * A label's reply notifies nobody who gave it, nor the owner of a mere warning that joined: it writes their names instead
 * of mentions.
 */
const calm = async (reply: Message, notification: Notification, { unpinged }: Context): Promise<Message> => {
  const isCalm =
    notification.reason === "labelled" ||
    (notification.reason === "joined" &&
      newMembers(notification).every(({ incident }) => incident.severity === "warning"));
  return isCalm && unpinged ? unpinged(reply) : reply;
};

async function postRoot(
  notification: Notification,
  alertGroup: AlertGroup,
  context: Context,
): Promise<Posted> {
  const { channel } = notification.watch;
  const keepsChartImage = alertGroup.ref && context.newChartImages !== "edit";
  const known = alertGroup.chartImage ? [alertGroup.chartImage] : [];
  const message = context.renderer.alerts.root(notification);
  const root = await context.attachChart(
    // Whoever was called elsewhere is not called again.
    notification.isSentElsewhere && context.unpinged ? await context.unpinged(message) : message,
    notification,
    keepsChartImage ? known : undefined,
  );
  const editOrPost = async (): Promise<Posted> => {
    if (!alertGroup.ref) return postOnce(channel, root, { messageId: alertGroup.id }, context);
    const chartImage = keepsChartImage ? alertGroup.chartImage : imageIn(root);
    if (await context.messenger.update(alertGroup.ref, root, alertGroup.id))
      return { ...alertGroup.ref, ...(chartImage && { chartImage }) };
    // A deleted message is not posted anew when its watch is gone.
    if (notification.members.every(({ incident }) => incident.unwatched)) return alertGroup.ref;
    // Any other is, once for each notification.
    return postOnce(channel, root, { messageId: `${alertGroup.id}/again-${newest(notification)}` }, context);
  };
  return keepsChartImage ? editOrPost() : orDiscard(root, context, editOrPost);
}

const nameOf = ({ id }: Pick<AlertGroup, "id">, occasion: string, i: number): string =>
  `${id}/${occasion}/${i}`;

/** Members who joined after a crash between post and record are announced apart from those before. */
async function partsOf(
  notification: Notification,
  alertGroup: AlertGroup,
  { notificationLog }: Pick<Context, "notificationLog">,
): Promise<Notification[]> {
  if (notification.reason !== "joined") return [notification];
  const joined = newMembers(notification);
  const begun = await Promise.all(
    joined.map(({ incident }) => notificationLog.entry(nameOf(alertGroup, joinedUpTo(incident), 0))),
  );
  const lastPosted = begun.findLastIndex((entry) => entry !== undefined);
  const parts = [joined.slice(0, lastPosted + 1), joined.slice(lastPosted + 1)].filter(
    ({ length }) => length > 0,
  );
  const known = notification.members.filter(({ incident }) => incident.lastNotified);
  return parts.map((part) => ({ ...notification, members: [...known, ...part] }));
}

const joinedUpTo = ({ id }: Incident): string => `joined-${id}`;

// After a crash only some members may know of a reminder: the oldest record still identifies it.
const lastNotification = (members: Notification["members"]): Instant =>
  Math.min(
    ...members.map(({ incident: { lastNotified, resolvedAt } }) =>
      lastNotified && resolvedAt === undefined
        ? (lastNotified.notifiedAt ?? lastNotified.at)
        : Number.POSITIVE_INFINITY,
    ),
  );

const newest = ({ members }: Notification): number =>
  Math.max(...members.map(({ incident }) => incident.lastBucket));

/** Names a notification by its content, so that it has the same name when repeated after a crash. */
function occasion(notification: Notification): string {
  const { reason, members } = notification;
  switch (reason) {
    case "joined":
      return joinedUpTo(newMembers(notification).at(-1)!.incident);
    case "worsened":
      return `worsened-${members.find(({ incident }) => isWorse(incident))?.incident.id}`;
    case "resolved":
      return `resolved-${Math.max(...members.map(({ incident }) => incident.resolvedAt ?? 0))}`;
    case "retracted":
      return `retracted-${Math.max(...members.map(({ incident }) => incident.retracted ?? 0))}`;
    case "reopened":
      return `reopened-${Math.max(...members.map(({ incident }) => incident.reopenedAt ?? 0))}`;
    case "unmuted":
      return `unmuted-${Math.max(...members.map(({ incident }) => incident.suppressed?.at ?? 0))}`;
    case "labelled":
      return `labelled-${Math.max(...members.map(({ incident }) => labelledAt(incident)))}`;
    case "reminder":
    case "last-reminder":
      return `reminder-${lastNotification(members)}`;
    default:
      return reason;
  }
}

// The removal of a label has a name of its own, so that the same label can be removed again.
const labelledAt = ({ labelled, lastNotified }: Incident): number =>
  labelled?.at ?? -(lastNotified?.labelled?.at ?? 0);

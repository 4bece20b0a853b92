import type { AlertGroup } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import { isReminder, isWorse, type NotificationReason } from "../../notifications/decide.ts";
import { type Notification, newMembers } from "../../notifications/notification.ts";
import type { Instant } from "../../time/time.ts";
import type { Posted, Renderer } from "../ports/messages.ts";
import type { AttachChart } from "../ports/pictures.ts";
import { type DiscardDeps, imageIn, orDiscard } from "./discard.ts";
import { type PostDeps, postOnce, replyOnce } from "./idempotent-post.ts";

/**
 * How newer pictures of an incident reach people: in its thread, when it gets worse and at its end, or in each edit of
 * its message.
 */
export type NewChartImages = "thread" | "edit";

export interface SendDeps extends PostDeps, DiscardDeps {
  readonly renderer: Renderer;
  readonly attachChart: AttachChart;
  /** @default "thread": Slack shows no image in an edit that it has not shown in a message before */
  readonly newChartImages?: NewChartImages;
}

/** The root message always shows how things stand; what changed is said in its thread. */
export async function send(
  notification: Notification,
  alertGroup: AlertGroup,
  deps: SendDeps,
): Promise<Posted> {
  const root = await sayRoot(notification, alertGroup, deps);
  const isNewer =
    alertGroup.ref && (notification.reason === "worsened" || notification.reason === "resolved");
  const isShown = isNewer && deps.newChartImages !== "edit";
  for (const part of await partsOf(notification, alertGroup, deps))
    for (const [i, reply] of deps.renderer.replies(part).entries()) {
      const messageId = nameOf(alertGroup, occasion(part), i);
      const broadcast = isForAll(notification.reason) && i === 0;
      const shown = isShown && i === 0 ? await deps.attachChart(reply, part) : reply;
      await orDiscard(shown, deps, () => replyOnce(root, shown, { messageId, broadcast }, deps));
    }
  return root;
}

async function sayRoot(notification: Notification, alertGroup: AlertGroup, deps: SendDeps): Promise<Posted> {
  const { channel } = notification.watch;
  const keepsChartImage = alertGroup.ref && deps.newChartImages !== "edit";
  const known = alertGroup.chartImage ? [alertGroup.chartImage] : [];
  const root = await deps.attachChart(
    deps.renderer.root(notification),
    notification,
    keepsChartImage ? known : undefined,
  );
  const editOrPost = async (): Promise<Posted> => {
    if (!alertGroup.ref) return postOnce(channel, root, { messageId: alertGroup.id }, deps);
    const chartImage = keepsChartImage ? alertGroup.chartImage : imageIn(root);
    if (await deps.messenger.update(alertGroup.ref, root, alertGroup.id))
      return { ...alertGroup.ref, ...(chartImage && { chartImage }) };
    // Somebody deleted it: what nobody watches any more is not posted anew.
    if (notification.members.every(({ incident }) => incident.unwatched)) return alertGroup.ref;
    // All else is, once for each thing that there is to say.
    return postOnce(channel, root, { messageId: `${alertGroup.id}/again-${newest(notification)}` }, deps);
  };
  return keepsChartImage ? editOrPost() : orDiscard(root, deps, editOrPost);
}

const nameOf = ({ id }: Pick<AlertGroup, "id">, occasion: string, i: number): string =>
  `${id}/${occasion}/${i}`;

/** Those who joined since a crash came between saying and noting are said apart from those who were said before it. */
async function partsOf(
  notification: Notification,
  alertGroup: AlertGroup,
  { notificationLog }: Pick<SendDeps, "notificationLog">,
): Promise<Notification[]> {
  if (notification.reason !== "joined") return [notification];
  const joined = newMembers(notification);
  const begun = await Promise.all(
    joined.map(({ incident }) => notificationLog.entry(nameOf(alertGroup, joinedUpTo(incident), 0))),
  );
  const lastSaid = begun.findLastIndex((entry) => entry !== undefined);
  const parts = [joined.slice(0, lastSaid + 1), joined.slice(lastSaid + 1)].filter(
    ({ length }) => length > 0,
  );
  const known = notification.members.filter(({ incident }) => incident.lastNotified);
  return parts.map((part) => ({ ...notification, members: [...known, ...part] }));
}

const joinedUpTo = ({ id }: Incident): string => `joined-${id}`;

// What must not be overlooked is shown in the channel, too.
const isForAll = (reason: NotificationReason): boolean =>
  reason === "worsened" || reason === "reopened" || isReminder(reason);

// After a crash some members may know of a reminder and others not: the oldest word names it still.
const lastWord = (members: Notification["members"]): Instant =>
  Math.min(
    ...members.map(({ incident: { lastNotified, resolvedAt } }) =>
      lastNotified && resolvedAt === undefined
        ? (lastNotified.notifiedAt ?? lastNotified.at)
        : Number.POSITIVE_INFINITY,
    ),
  );

const newest = ({ members }: Notification): number =>
  Math.max(...members.map(({ incident }) => incident.lastBucket));

/** Names what is said by what it is said of, so that said again after a crash it has the same name. */
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
      return `reminder-${lastWord(members)}`;
    default:
      return reason;
  }
}

// A label that was taken back is named by itself, so that its like can be taken back again.
const labelledAt = ({ labelled, lastNotified }: Incident): number =>
  labelled?.at ?? -(lastNotified?.labelled?.at ?? 0);

import type { Notification } from "../../../notifications/notification.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { areUnwatched, groupLists, groupReply, groupText } from "../../../text/alert-groups.ts";
import { listed } from "../blocks/lists.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import { alertMessage, IN_LIST } from "./alert.ts";
import { replyMessage } from "./reply.ts";

/** The message of an alert group: who is affected, then each incident with its numbers. */
export const groupRoot = (notification: Notification): Message =>
  alertMessage(notification, groupText(notification), !areUnwatched(notification.members));

/** The thread replies of an alert group. */
export function groupReplies(notification: Notification): Message[] {
  const reply = groupReply(notification);
  return [
    ...(reply ? [replyMessage(reply, notification)] : []),
    ...groupLists(notification).flatMap(({ title, entries }) =>
      listed(
        title,
        entries.map((entry) => mrkdwn(entry, IN_LIST)),
        ", ",
      ),
    ),
  ];
}

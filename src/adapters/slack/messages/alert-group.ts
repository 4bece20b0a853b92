import type { KnownBlock } from "@slack/types";
import type { Notification } from "../../../notifications/notification.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { areUnwatched, groupLists, groupReply, groupText } from "../../../text/alert-groups.ts";
import { strong } from "../../../text/text.ts";
import { footer, section } from "../blocks/blocks.ts";
import { listed, messageOf } from "../blocks/lists.ts";
import { mrkdwn, notificationText } from "../blocks/mrkdwn.ts";
import { sections } from "./alert.ts";
import { alertActions } from "./alert-actions.ts";
import { replyMessage } from "./reply.ts";

/** The maximum length of a name in a list, so that the list fits into a block. */
const IN_LIST = 40;

/** The message of an alert group: the sum of its incidents, then each incident with its share. */
export function groupRoot(notification: Notification): Message {
  const { headline, call, notes, lines, footer: small } = groupText(notification);
  const blocks: KnownBlock[] = [
    section(mrkdwn([strong(headline)], 60)),
    ...sections([...call, ...notes]),
    section(lines.map((line) => mrkdwn(line, IN_LIST)).join("\n")),
    ...(areUnwatched(notification.members) ? [] : [alertActions(notification)]),
    footer(small.map((text) => mrkdwn(text))),
  ];
  return messageOf(notificationText(headline, 60), blocks);
}

/** The thread replies of an alert group. */
export function groupReplies(notification: Notification): Message[] {
  const reply = groupReply(notification);
  return [
    ...groupLists(notification).flatMap(({ title, entries }) =>
      listed(
        title,
        entries.map((entry) => mrkdwn(entry, IN_LIST)),
        ", ",
      ),
    ),
    ...(reply ? [replyMessage(reply)] : []),
  ];
}

import type { Notification } from "../../../notifications/notification.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import type { ReplyText } from "../../../text/replies.ts";
import { footer, section } from "../blocks/blocks.ts";
import { messageOf } from "../blocks/lists.ts";
import { mrkdwn, phoneText } from "../blocks/mrkdwn.ts";

/** A reply in the thread of an alert. */
export const replyMessage = (
  { summaries, body, links }: ReplyText,
  { zone }: Pick<Notification, "zone">,
): Message =>
  messageOf(phoneText(summaries, zone), [
    section(mrkdwn(body, 60)),
    ...(links.length > 0 ? [footer(links.map((link) => mrkdwn([link])))] : []),
  ]);

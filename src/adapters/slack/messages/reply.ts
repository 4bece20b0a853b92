import type { Message } from "../../../pipeline/ports/messages.ts";
import type { ReplyText } from "../../../text/replies.ts";
import { strong, text } from "../../../text/text.ts";
import { section } from "../blocks/blocks.ts";
import { messageOf } from "../blocks/lists.ts";
import { mrkdwn, notificationText } from "../blocks/mrkdwn.ts";
import { sections } from "./alert.ts";

/** A reply in the thread of an alert. */
export function replyMessage({ summary, title, body, call }: ReplyText): Message {
  const content =
    title && body ? text`${strong(title)}\n${body}` : title ? [strong(title)] : (body ?? summary);
  return messageOf(notificationText(summary), [section(mrkdwn(content)), ...sections(call)]);
}

import type { Renderer } from "../../../pipeline/ports/messages.ts";
import { replyText } from "../../../text/replies.ts";
import { messageOf } from "../blocks/lists.ts";
import { alertBlocks, alertSummary } from "./alert.ts";
import { groupReplies, groupRoot } from "./alert-group.ts";
import { replyMessage } from "./reply.ts";

/** Renders notifications as Slack messages: text for push notifications, blocks for the channel. */
export const slackRenderer = (): Renderer => ({
  root: (notification) =>
    notification.kind === "one"
      ? messageOf(alertSummary(notification), alertBlocks(notification))
      : groupRoot(notification),
  replies(notification) {
    if (notification.kind !== "one") return groupReplies(notification);
    const reply = replyText(notification);
    return reply ? [replyMessage(reply)] : [];
  },
});

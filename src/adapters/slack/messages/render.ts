import type { Renderer } from "../../../pipeline/ports/messages.ts";
import { alertText } from "../../../text/alerts.ts";
import { stateOf } from "../../../text/incidents.ts";
import { replyText } from "../../../text/replies.ts";
import { alertMessage } from "./alert.ts";
import { groupReplies, groupRoot } from "./alert-group.ts";
import { replyMessage } from "./reply.ts";

/** Renders notifications as Slack messages: text for push notifications, blocks for the channel. */
export const slackRenderer = (): Renderer => ({
  root: (notification) =>
    notification.kind === "one"
      ? alertMessage(notification, alertText(notification), stateOf(notification) !== "unwatched")
      : groupRoot(notification),
  replies(notification) {
    if (notification.kind !== "one") return groupReplies(notification);
    const reply = replyText(notification);
    return reply ? [replyMessage(reply, notification)] : [];
  },
});

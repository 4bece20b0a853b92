import type { Renderer } from "../../../pipeline/ports/messages.ts";
import { groupReplies, groupRoot } from "./alert-group.ts";
import { rootText } from "./fallback.ts";
import {
  labelledReply,
  reminderReply,
  reopenedReply,
  resolvedReply,
  retractedReply,
  unmutedReply,
  worsenedReply,
} from "./reply.ts";
import { rootBlocks } from "./root.ts";

/** Renders notifications as Slack messages: text for push notifications, blocks for the channel. */
export const slackRenderer = (): Renderer => ({
  root(notification) {
    if (notification.kind !== "one") return groupRoot(notification);
    return { text: rootText(notification), blocks: rootBlocks(notification).map((block) => ({ ...block })) };
  },
  replies(notification) {
    if (notification.kind !== "one") return groupReplies(notification);
    switch (notification.reason) {
      case "worsened":
        return [worsenedReply(notification)];
      case "reopened":
        return [reopenedReply(notification)];
      case "unmuted":
        return [unmutedReply(notification)];
      case "reminder":
      case "last-reminder":
        return [reminderReply(notification)];
      case "resolved":
        return [resolvedReply(notification)];
      case "retracted":
        return [retractedReply(notification)];
      case "labelled":
        return [labelledReply(notification)];
      default:
        return [];
    }
  },
});

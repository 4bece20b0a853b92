import type { Renderer } from "../../../pipeline/ports/messages.ts";
import { gatheredReplies, gatheredRoot } from "./alert-group.ts";
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

/** Turns notices into Slack messages: text for notifications, blocks for the channel. */
export const slackRenderer = (): Renderer => ({
  root(notice) {
    if (notice.kind !== "one") return gatheredRoot(notice);
    return { text: rootText(notice), blocks: rootBlocks(notice).map((block) => ({ ...block })) };
  },
  replies(notice) {
    if (notice.kind !== "one") return gatheredReplies(notice);
    switch (notice.reason) {
      case "worsened":
        return [worsenedReply(notice)];
      case "reopened":
        return [reopenedReply(notice)];
      case "unmuted":
        return [unmutedReply(notice)];
      case "reminder":
      case "last-reminder":
        return [reminderReply(notice)];
      case "resolved":
        return [resolvedReply(notice)];
      case "retracted":
        return [retractedReply(notice)];
      case "labelled":
        return [labelledReply(notice)];
      default:
        return [];
    }
  },
});

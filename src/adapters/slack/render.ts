import type { Renderer } from "../../pipeline/ports.ts";
import { rootText } from "./fallback.ts";
import { resolvedReply, worsenedReply } from "./reply.ts";
import { rootBlocks } from "./root.ts";

/** Turns notices into Slack messages: text for notifications, blocks for the channel. */
export const slackRenderer = (): Renderer => ({
  root: (notice) => ({ text: rootText(notice), blocks: rootBlocks(notice).map((block) => ({ ...block })) }),
  reply(notice) {
    if (notice.reason === "worsened") return worsenedReply(notice);
    return notice.reason === "resolved" ? resolvedReply(notice) : undefined;
  },
});

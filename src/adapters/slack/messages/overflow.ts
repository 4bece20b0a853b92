import type { OverflowRenderer } from "../../../pipeline/ports/renderer.ts";
import { overflowList, overflowText } from "../../../text/overflow.ts";
import { strong } from "../../../text/text.ts";
import { footer, section } from "../blocks/blocks.ts";
import { listed, messageOf } from "../blocks/lists.ts";
import { mrkdwn, notificationText, phoneText } from "../blocks/mrkdwn.ts";

/** The maximum length of a name, so that the list fits into a block. */
const IN_LIST = 40;

/** One message for the alerts beyond the limit: their number, the limit that was reached, then one line each. */
export const overflow: OverflowRenderer = {
  root(notification) {
    const { headline, summaries, lines, footer: small } = overflowText(notification);
    return messageOf(phoneText(summaries, notification.zone), [
      section(mrkdwn([strong(headline)])),
      section(lines.map((line) => mrkdwn(line, IN_LIST)).join("\n")),
      footer(small),
    ]);
  },
  replies(notification) {
    const list = overflowList(notification);
    return list
      ? listed(
          list.title,
          list.entries.map((entry) => notificationText(entry, { zone: notification.zone, longest: IN_LIST })),
        )
      : [];
  },
};

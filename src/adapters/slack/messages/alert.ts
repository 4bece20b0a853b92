import type { KnownBlock } from "@slack/types";
import type { Notification } from "../../../notifications/notification.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import type { AlertText } from "../../../text/alerts.ts";
import { joined, type Text } from "../../../text/text.ts";
import { footer, section } from "../blocks/blocks.ts";
import { messageOf } from "../blocks/lists.ts";
import { mrkdwn, phoneText } from "../blocks/mrkdwn.ts";
import { alertActions } from "./alert-actions.ts";

/** The maximum length of a name in a list, so that the list fits into a block. */
export const IN_LIST = 30;

/** The maximum length of a name in the first block, which may name many. */
const IN_HEAD = 60;

/**
 * The message of an incident or an alert group: its headline with what follows from it, then the chart, the incidents
 * of a group, and the buttons. @param hasActions whether a button applies
 */
export function alertMessage(notification: Notification, alert: AlertText, hasActions: boolean): Message {
  const { headlines, lines, members, footer: small } = alert;
  const blocks: KnownBlock[] = [
    section(mrkdwn(joined([headlines[0]!, ...lines], "\n"), IN_HEAD)),
    ...(members.length > 0 ? [section(members.map((line) => mrkdwn(line, IN_LIST)).join("\n"))] : []),
    ...(hasActions ? [alertActions(notification)] : []),
    footer(small.map((text) => mrkdwn(text, IN_LIST))),
  ];
  return messageOf(phoneText(headlines, notification.zone), blocks);
}

/** The context of an incident as a list. */
export const contextBlocks = (context: readonly Text[]): KnownBlock[] =>
  context.length > 0
    ? [section(`*Context*\n${context.map((line) => `• ${mrkdwn(line, 40)}`).join("\n")}`)]
    : [];

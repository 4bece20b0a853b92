import type { KnownBlock } from "@slack/types";
import type { Notification } from "../../../notifications/notification.ts";
import { alertText, aloneHeadline } from "../../../text/alerts.ts";
import { stateOf } from "../../../text/incidents.ts";
import { strong, type Text } from "../../../text/text.ts";
import { fields, footer, section } from "../blocks/blocks.ts";
import { mrkdwn, notificationText } from "../blocks/mrkdwn.ts";
import { alertActions } from "./alert-actions.ts";

/** The message of one incident in one line. */
export const alertSummary = (notification: Notification): string =>
  notificationText(aloneHeadline(notification));

/** The message of one incident: a summary line, then the numbers, then the context. */
export function alertBlocks(notification: Notification): KnownBlock[] {
  const { headline, call, facts, notes, context, links, footer: small } = alertText(notification);
  return [
    section(mrkdwn([strong(headline)])),
    ...sections(call),
    fields(facts.map(([name, value]) => [name, mrkdwn(value)])),
    ...sections(notes),
    ...contextBlocks(context),
    ...(stateOf(notification) === "unwatched" ? [] : [alertActions(notification)]),
    footer([...links.map((part) => [part]), ...small].map((text) => mrkdwn(text))),
  ];
}

/** The context of an incident as a list. */
export const contextBlocks = (context: readonly Text[]): KnownBlock[] =>
  context.length > 0
    ? [section(`*Context*\n${context.map((line) => `• ${mrkdwn(line, 40)}`).join("\n")}`)]
    : [];

/** A section for each text. */
export const sections = (texts: readonly Text[]): KnownBlock[] => texts.map((text) => section(mrkdwn(text)));

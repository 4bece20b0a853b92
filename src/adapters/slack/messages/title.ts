import type { Notification } from "../../../notifications/notification.ts";
import { titleOf as titleText } from "../../../text/incidents.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";

/** The name that people use: `iOS · New users`, each part at most `max` long. */
export const titleOf = (watch: Pick<Notification, "watch">, max: number): string =>
  mrkdwn(titleText(watch), max);

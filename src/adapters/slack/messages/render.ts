import type { AlertRenderer, Renderer } from "../../../pipeline/ports/renderer.ts";
import { alertText } from "../../../text/alerts.ts";
import { dailyChangesAnswer } from "../../../text/answers/changes.ts";
import { stateOf } from "../../../text/incidents.ts";
import { replyText } from "../../../text/replies.ts";
import { answerMessage } from "../commands/answer.ts";
import { changeMessage } from "../commands/change.ts";
import { alertMessage } from "./alert.ts";
import { groupReplies, groupRoot } from "./alert-group.ts";
import { eventReminderMessage } from "./event-reminder.ts";
import { opsMessages } from "./health.ts";
import { overflow } from "./overflow.ts";
import { replyMessage } from "./reply.ts";
import { sampleMessage } from "./sample.ts";
import { reviewMessages } from "./weekly-review.ts";

const alerts: AlertRenderer = {
  root: (notification) =>
    notification.kind === "one"
      ? alertMessage(notification, alertText(notification), stateOf(notification) !== "unwatched")
      : groupRoot(notification),
  replies(notification) {
    if (notification.kind !== "one") return groupReplies(notification);
    const reply = replyText(notification);
    return reply ? [replyMessage(reply, notification)] : [];
  },
};

/**
 * Renders all that is posted as Slack messages: text for push notifications, blocks for the channel.
 * @param zone by whose clock push notifications of the ops channel write times
 */
export const slackRenderer = (zone: string): Renderer => ({
  alerts,
  overflow,
  ops: opsMessages(zone),
  sample: sampleMessage,
  changes: changeMessage,
  dailyChanges: (changes, watches) => answerMessage(dailyChangesAnswer(changes, watches)),
  review: reviewMessages,
  eventReminder: eventReminderMessage,
});

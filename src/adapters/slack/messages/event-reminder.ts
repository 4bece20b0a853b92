import type { EventReminder } from "../../../notifications/event-reminder.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { eventText } from "../../../text/events.ts";
import { footer, section } from "../blocks/blocks.ts";
import { messageOf } from "../blocks/lists.ts";
import { mrkdwn, phoneText } from "../blocks/mrkdwn.ts";

/** The planned event, its time, and its effect on the watches of the channel. */
export function eventReminderMessage(reminder: EventReminder): Message {
  const { summaries, headline, effect, footer: small } = eventText(reminder);
  return messageOf(phoneText(summaries, reminder.zone), [
    section(mrkdwn(headline)),
    section(mrkdwn(effect)),
    footer(small.map((text) => mrkdwn(text, 120))),
  ]);
}

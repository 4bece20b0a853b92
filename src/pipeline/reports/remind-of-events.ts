import { type EventReminder, eventRemindersDue } from "../../notifications/event-reminder.ts";
import { seriesId } from "../../series/series.ts";
import type { Context } from "../context.ts";
import { eachAlone } from "../notifying/each-alone.ts";
import { postOnce } from "../notifying/idempotent-post.ts";

/** The reminders of planned events that are due and not posted yet. */
export async function eventRemindersToPost({
  watches,
  profiles,
  clock,
  notificationLog,
}: Context): Promise<EventReminder[]> {
  const [all, profileOf] = await Promise.all([watches.all(), profiles()]);
  const watched = all.map((watch) => {
    const { events = [], zone } = profileOf(seriesId(watch.series));
    return { watch, events, zone };
  });
  const due = eventRemindersDue(watched, clock());
  const entries = await Promise.all(due.map(({ id }) => notificationLog.entry(id)));
  return due.filter((_, i) => entries[i]?.state !== "sent");
}

/** Posts reminders of the events planned for a channel's watches, each event once. */
export async function remindOfEvents(channel: string, context: Context): Promise<EventReminder[]> {
  const { renderer, unpinged = async (message) => message } = context;
  const due = (await eventRemindersToPost(context)).filter((one) => one.channel === channel);
  await eachAlone(due, async (one) =>
    postOnce(channel, await unpinged(renderer.eventReminder(one)), { messageId: one.id }, context),
  );
  return due;
}

import type { Bot } from "../src/bot.ts";
import type { EventReminder } from "../src/notifications/event-reminder.ts";
import { listChanges } from "../src/pipeline/changes/list-changes.ts";
import { eachAlone } from "../src/pipeline/notifying/each-alone.ts";
import { remindOfEvents } from "../src/pipeline/reports/remind-of-events.ts";
import { notifyReview } from "../src/pipeline/reports/weekly-review.ts";
import { whileHeld } from "./held.ts";
import { type Handle, type Runtime, runWorker } from "./runner.ts";

/** Posts what is due in a channel: reminders of planned events, the changes of a day, and the weekly review. */
export const calendarJob =
  (bot: Bot, { pace }: Pick<Runtime, "pace">): Handle<"calendar"> =>
  async ({ channel }, job) => {
    const held = whileHeld(bot, job, pace.lock);
    let announced: readonly EventReminder[] = [];
    let changes = 0;
    let reviewed = false;
    await eachAlone(
      [
        async () => {
          announced = await remindOfEvents(channel, held);
        },
        async () => {
          changes = await listChanges(channel, held);
        },
        async () => {
          reviewed = (await notifyReview(channel, held)) !== undefined;
        },
      ],
      (run) => run(),
    );
    return { channel, announced: announced.map(({ event }) => event.id), changes, reviewed };
  };

export const calendarWorker = (bot: Bot, runtime: Runtime) =>
  runWorker("calendar", runtime, calendarJob(bot, runtime));

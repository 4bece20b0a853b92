import type { EventReminder } from "../../../notifications/event-reminder.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { watchTitle } from "../../../settings/watch.ts";
import { footer, section } from "../blocks/blocks.ts";
import { messageOf } from "../blocks/lists.ts";
import { safeName } from "../blocks/names.ts";
import { count } from "../blocks/numbers.ts";
import { localTime, plainWhen } from "../blocks/when.ts";
import { personOf } from "./facts.ts";

/** The maximum names that are listed. */
const NAMES = 10;

/** The planned event, its time, and its effect on the watches of the channel. */
export function eventReminderMessage({ event, watches }: EventReminder): Message {
  const name = safeName(event.name, 80);
  const { from, to } = event;
  const names = watches.slice(0, NAMES).map((watch) => safeName(watchTitle(watch), 80));
  const more = watches.length > NAMES ? ` and ${count(watches.length - NAMES)} more` : "";
  return messageOf(
    `📅 ${name}, ${plainWhen(from, "hour")} to ${plainWhen(to, "hour")}: judged against a wider band`,
    [
      section(`📅 *${name}*, ${localTime(from)} to ${localTime(to)}`),
      section(
        `Meanwhile these are judged against a wider band, and nothing is learned from it: ${names.join(", ")}${more}.`,
      ),
      footer([planner(event.by), `Event ${safeName(event.id, 120)}`]),
    ],
  );
}

const planner = (by: string): string =>
  by === "EVENTS" ? "Planned in the settings" : `Planned by ${personOf(by)}`;

import type { EventReminder } from "../notifications/event-reminder.ts";
import { watchTitle } from "../settings/watch.ts";
import { count } from "./numbers.ts";
import { joined, name, person, strong, type Text, text, time } from "./text.ts";

/** The maximum names that are listed. */
const NAMES = 10;

/** The announcement of a planned event: its time, its effect on the watches of the channel, who planned it. */
export function eventText({ event, watches }: EventReminder): {
  /** On a phone, in fewer and fewer words. */
  readonly summaries: readonly Text[];
  readonly headline: Text;
  readonly effect: Text;
  readonly footer: readonly Text[];
} {
  const { from, to, by } = event;
  const names = joined(
    watches.slice(0, NAMES).map((watch) => [name(watchTitle(watch))]),
    ", ",
  );
  const more = watches.length > NAMES ? ` and ${count(watches.length - NAMES)} more` : "";
  return {
    summaries: [
      text`📅 ${name(event.name)}, ${time(from)} to ${time(to)}: wider expected range`,
      text`📅 ${name(event.name)}, ${time(from)} to ${time(to)}`,
    ],
    headline: text`📅 ${strong([name(event.name)])}, ${time(from)} to ${time(to)}`,
    effect: text`During the event, these watches use a wider expected range, and its hours are not learned: ${names}${more}.`,
    footer: [by === "EVENTS" ? text`Planned in the settings` : text`Planned by ${person(by)}`],
  };
}

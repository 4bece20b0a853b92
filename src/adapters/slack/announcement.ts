import type { Announcement } from "../../core/announce.ts";
import { MINUTE } from "../../core/time.ts";
import { watchTitle } from "../../core/watch.ts";
import type { Message } from "../../pipeline/ports/messages.ts";
import { footer, section } from "./blocks.ts";
import { messageOf } from "./lists.ts";
import { safeName } from "./names.ts";
import { count } from "./numbers.ts";
import { localWhen, plainWhen } from "./when.ts";

/** How many names are written out. */
const NAMES = 10;

/** What is planned, when, and what that does to the watches of the channel. */
export function announcementMessage({ event, watches }: Announcement): Message {
  const name = safeName(event.name, 80);
  const span = (when: typeof plainWhen) =>
    `${when(toMinute(event.from), "hour")} to ${when(toMinute(event.to), "hour")}`;
  const names = watches.slice(0, NAMES).map((watch) => safeName(watchTitle(watch), 80));
  const more = watches.length > NAMES ? ` and ${count(watches.length - NAMES)} more` : "";
  return messageOf(`📅 ${name}, ${span(plainWhen)}: judged against a wider band`, [
    section(`📅 *${name}*, ${span(localWhen)}`),
    section(
      `Meanwhile these are judged against a wider band, and nothing is learned from it: ${names.join(", ")}${more}.`,
    ),
    footer([`Planned by ${safeName(event.by, 40)}`, `Event ${safeName(event.id, 120)}`]),
  ]);
}

const toMinute = (instant: number): number => Math.floor(instant / MINUTE) * MINUTE;

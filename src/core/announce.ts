import type { PlannedEvent } from "./events.ts";
import { DAY, type Instant } from "./time.ts";
import type { Watch } from "./watch.ts";

/** A planned event to be made known in a channel, with the watches there that it concerns. */
export interface Announcement {
  /** Made from what it names: `event/push-sale@2026-11-27T18:00/C0ALERTS1`. */
  readonly id: string;
  readonly channel: string;
  readonly event: PlannedEvent;
  readonly watches: readonly Watch[];
}

/** How long before it begins an event is announced; one that is planned later, at once. */
export const ANNOUNCE_BEFORE = DAY;

/** The events that are due to be known by now and are not over, each once a channel. */
export function announcementsDue(
  watched: readonly { readonly watch: Watch; readonly events: readonly PlannedEvent[] }[],
  now: Instant,
): Announcement[] {
  const all = new Map<string, Announcement>();
  for (const { watch, events } of watched) {
    for (const event of events.filter(({ from, to }) => now >= from - ANNOUNCE_BEFORE && now < to)) {
      const id = `event/${event.id}/${watch.channel}`;
      const watches = [...(all.get(id)?.watches ?? []), watch];
      all.set(id, { id, channel: watch.channel, event, watches });
    }
  }
  return [...all.values()].sort((a, b) => a.event.from - b.event.from || (a.id < b.id ? -1 : 1));
}

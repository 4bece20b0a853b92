import type { PlannedEvent } from "../series/planned-events.ts";
import type { Watch } from "../settings/watch.ts";
import { DAY, type Instant } from "../time/time.ts";

/** A planned event to announce in a channel, with the watches there that it affects. */
export interface EventReminder {
  /** Made from its subject: `event/push-sale@2026-11-27T18:00/C0ALERTS1`. */
  readonly id: string;
  readonly channel: string;
  readonly event: PlannedEvent;
  readonly watches: readonly Watch[];
  /** The zone of the first of them. */
  readonly zone: string;
}

/** How long before its start an event is announced; one planned later is announced at once. */
export const ANNOUNCE_BEFORE = DAY;

/** The events that are due for a reminder and not over, each once per channel. */
export function eventRemindersDue(
  watched: readonly {
    readonly watch: Watch;
    readonly events: readonly PlannedEvent[];
    readonly zone: string;
  }[],
  now: Instant,
): EventReminder[] {
  const due = watched.flatMap(({ watch, events, zone }) =>
    events
      .filter(({ from, to }) => now >= from - ANNOUNCE_BEFORE && now < to)
      .map((event) => ({ id: `event/${event.id}/${watch.channel}`, event, watch, zone })),
  );
  const announcements = [...Map.groupBy(due, ({ id }) => id)].map(([id, all]) => {
    const { event, watch, zone } = all[0]!;
    return { id, channel: watch.channel, event, watches: all.map((one) => one.watch), zone };
  });
  return announcements.sort((a, b) => a.event.from - b.event.from || (a.id < b.id ? -1 : 1));
}

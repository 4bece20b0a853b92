import { DAY } from "./time.ts";

/** Days on which something is planned, such as a campaign or a sale: judged against a wider band, and not learned. */
export interface PlannedEvent {
  readonly name: string;
  /** Calendar days in the app's zone, in days since 1970, both included. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Whether a calendar day (in days since 1970) belongs to a planned event. */
export const isPlanned = (day: number, events: readonly PlannedEvent[] = []): boolean =>
  events.some(({ firstDay, lastDay }) => day >= firstDay && day <= lastDay);

/**
 * Reads planned events; a string says what is wrong with it.
 * @example readEvents("2026-11-27 Black Friday; 2026-12-10/2026-12-12 Winter sale"); // => two events
 */
export function readEvents(text: string): PlannedEvent[] | string {
  const events: PlannedEvent[] = [];
  for (const part of text
    .split(";")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")) {
    const [, from, to = from, name] = /^(\d{4}-\d\d-\d\d)(?:\/(\d{4}-\d\d-\d\d))?\s+(\S.*)$/.exec(part) ?? [];
    const firstDay = dayOf(from);
    const lastDay = dayOf(to);
    if (!name || firstDay === undefined || lastDay === undefined || lastDay < firstDay) return part;
    events.push({ name, firstDay, lastDay });
  }
  return events;
}

function dayOf(date: string | undefined): number | undefined {
  const instant = Date.parse(`${date}T00:00:00Z`);
  // 2026-02-30 would be read as a day in March.
  return new Date(instant || 0).toISOString().startsWith(`${date}T`) ? instant / DAY : undefined;
}

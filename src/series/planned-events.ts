import { type Bucket, DAY, HOUR, type Instant, type Unit } from "../time/time.ts";
import { localInstant } from "../time/zone.ts";
import type { SeriesRef } from "./series.ts";

/** What a planned event affects: everything; a workspace; or one app of it, `all` for the sum over all apps. */
export interface EventScope {
  readonly workspace?: string;
  readonly app?: string;
}

/** A campaign, a sale or the like: its buckets are evaluated against a wider range, and not learned. */
export interface PlannedEvent {
  /** Made from its subject: see `eventId`. */
  readonly id: string;
  readonly name: string;
  /** Its first instant, and the first after it. */
  readonly from: Instant;
  readonly to: Instant;
  readonly scope: EventScope;
  /** Who planned it, and when; `EVENTS` for those of the settings. */
  readonly by: string;
  readonly at: Instant;
}

/**
 * Names an event by its start and name.
 * @example eventId("Push: sale!", Date.UTC(2026, 10, 27, 18)); // => "push-sale@2026-11-27T18:00"
 */
export function eventId(name: string, from: Instant): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  const slug = words?.join("-").slice(0, 40) ?? "event";
  return `${slug}@${new Date(from).toISOString().slice(0, 16)}`;
}

/** Whether an event affects a series. */
export const isAffected = (
  { workspace, app = "all" }: Pick<SeriesRef, "workspace" | "app">,
  scope: EventScope,
): boolean =>
  (scope.workspace === undefined || scope.workspace === workspace) &&
  (scope.app === undefined || scope.app === app);

/** The events that affect a series. */
export const eventsFor = (
  series: Pick<SeriesRef, "workspace" | "app">,
  events: readonly PlannedEvent[],
): PlannedEvent[] => events.filter(({ scope }) => isAffected(series, scope));

/** Whether a bucket overlaps a planned event. */
export function isPlanned(
  bucket: Bucket,
  unit: Unit,
  zone: string,
  events: readonly PlannedEvent[] = [],
): boolean {
  if (events.length === 0) return false;
  // A day bucket is named by the UTC midnight of its date, and starts by the clock of its zone.
  const begin = unit === "hour" ? bucket : localInstant(zone, bucket);
  const end = unit === "hour" ? bucket + HOUR : localInstant(zone, bucket + DAY);
  return events.some(({ from, to }) => from < end && to > begin);
}

/** Days with a planned event, from the settings; in days since 1970, both included. */
export interface PlannedDays {
  readonly name: string;
  readonly firstDay: number;
  readonly lastDay: number;
}

/**
 * Parses planned days; a string says what is wrong.
 * @example readEvents("2026-11-27 Black Friday; 2026-12-10/2026-12-12 Winter sale"); // => two events
 */
export function readEvents(text: string): PlannedDays[] | string {
  const events: PlannedDays[] = [];
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

/** Planned days as events for everything, from midnight to midnight by the clock of a zone. */
export const eventsOnDays = (days: readonly PlannedDays[], zone: string): PlannedEvent[] =>
  days.map(({ name, firstDay, lastDay }) => {
    const from = localInstant(zone, firstDay * DAY);
    const to = localInstant(zone, (lastDay + 1) * DAY);
    return { id: eventId(name, from), name, from, to, scope: {}, by: "EVENTS", at: 0 };
  });

function dayOf(date: string | undefined): number | undefined {
  const instant = Date.parse(`${date}T00:00:00Z`);
  // `Date.UTC` would turn 2026-02-30 into a day in March.
  return new Date(instant || 0).toISOString().startsWith(`${date}T`) ? instant / DAY : undefined;
}

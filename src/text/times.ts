import { type Bucket, DAY, HOUR, type Instant, MINUTE, stepOf, type Unit } from "../time/time.ts";
import { zoneOffset } from "../time/zone.ts";
import { counted } from "./numbers.ts";

const utcDay = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "short",
  day: "numeric",
  month: "short",
});
const utcTime = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit" });

const dayOf = (bucket: Instant) => utcDay.format(bucket).replace(",", "");

/** The beginning of a bucket in plain text: `Tue 16 Jun 12:00 UTC`. */
export const plainWhen = (bucket: Bucket, unit: Unit): string =>
  unit === "day" ? dayOf(bucket) : `${dayOf(bucket)} ${utcTime.format(bucket)} UTC`;

/** A duration in the unit of its series. */
export const lasting = (hours: number, unit: Unit): string =>
  unit === "day" ? counted((hours * HOUR) / DAY, "day") : counted(hours, "hour");

/** The buckets that some numbers count, and when what they show began, if earlier. */
export interface When {
  readonly from: Bucket;
  /** The last of them. */
  readonly to: Bucket;
  readonly since?: Bucket;
}

/**
 * Buckets by the clock of a zone, as short as a phone needs it.
 * @example zonedSpan({ from: noon, to: noon }, "hour", "America/New_York"); // => "Mon 12–1 PM EDT"
 */
export function zonedSpan({ from, to, since }: When, unit: Unit, zone: string): string {
  if (unit === "day") {
    const span = from === to ? dayOf(to) : `${dayOf(from)}–${dayOf(to)}`;
    return since === undefined ? span : `${span}, since ${dayOf(since)}`;
  }
  const [start, end] = [localOf(from, zone), localOf(to + stepOf(unit), zone)];
  const isSameHalf = dayPart(start) === dayPart(end);
  const first = isSameHalf ? clockOf(start).replace(/ [AP]M$/, "") : clockOf(start);
  const isLong = to - from >= DAY / 2;
  const span = `${weekday.format(start)} ${isLong ? clockOf(start) : first}–${isLong ? `${weekday.format(end)} ` : ""}${clockOf(end)}`;
  const named = `${span} ${zoneAbbreviation(zone, from)}`;
  if (since === undefined) return named;
  return `${named}, since ${sinceWords(localOf(since, zone), start)}`;
}

/** An instant by the clock of a zone: `Tue 16 Jun 12 PM EDT`; a day as `Tue 16 Jun`. */
export const zonedWhen = (at: Instant, unit: Unit, zone: string): string =>
  unit === "day"
    ? dayOf(at)
    : `${dayOf(localOf(at, zone))} ${clockOf(localOf(at, zone))} ${zoneAbbreviation(zone, at)}`;

/** The weekday of a bucket by the clock of a zone: `Monday`. */
export const weekdayOf = (bucket: Bucket, unit: Unit, zone: string): string =>
  longWeekday.format(unit === "day" ? bucket : localOf(bucket, zone));

function sinceWords(since: Instant, reference: Instant): string {
  if (dayIndex(since) === dayIndex(reference)) return clockOf(since);
  return reference - since < 6 * DAY ? `${weekday.format(since)} ${clockOf(since)}` : dayOf(since);
}

/** English that knows each zone by its own abbreviation; the others call it by its distance from Greenwich. */
const LOCALES = ["en-US", "en-GB", "en-AU", "en-IN", "en-ZA"];
const abbreviations = new Map<string, string>();

/**
 * What people call a zone's clock at an instant.
 * @example zoneAbbreviation("Europe/Berlin", Date.UTC(2026, 6, 1)); // => "CEST"
 */
export function zoneAbbreviation(zone: string, at: Instant): string {
  const key = `${zone} ${zoneOffset(zone, at)}`;
  const known = abbreviations.get(key);
  if (known) return known;
  const names = LOCALES.map((locale) => nameIn(locale, zone, at));
  const found = names.find((name) => !/^(GMT|UTC)[+-]/.test(name)) ?? names[0]!;
  abbreviations.set(key, found);
  return found;
}

const nameIn = (locale: string, timeZone: string, at: Instant): string =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")!.value;

const weekday = new Intl.DateTimeFormat("en", { timeZone: "UTC", weekday: "short" });
const longWeekday = new Intl.DateTimeFormat("en", { timeZone: "UTC", weekday: "long" });

const localOf = (at: Instant, zone: string): Instant => at + zoneOffset(zone, at);
const dayIndex = (local: Instant): number => Math.floor(local / DAY);
const dayPart = (local: Instant): number => Math.floor(local / (DAY / 2));

/** `12 PM`, `9:30 AM`. */
function clockOf(local: Instant): string {
  const minutes = Math.floor((local - dayIndex(local) * DAY) / MINUTE);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}${minute > 0 ? `:${String(minute).padStart(2, "0")}` : ""}`;
  return `${clock} ${hour < 12 ? "AM" : "PM"}`;
}

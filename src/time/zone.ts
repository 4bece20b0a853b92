import { DAY, type Instant, MINUTE } from "./time.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** The offset at the beginning of a UTC day, by zone and day: asking Intl takes 9 µs, and a page of Braze asks 300 times. */
const midnightOffsets = new Map<string, Map<number, number>>();

/**
 * How far a zone's clock is ahead of UTC at an instant, in milliseconds.
 * @example zoneOffset("Europe/Berlin", Date.UTC(2026, 6, 1)); // => 2 * HOUR
 */
export function zoneOffset(zone: string, instant: Instant): number {
  const day = Math.floor(instant / DAY);
  const offset = midnightOffset(zone, day);
  // Clocks change on two days a year; on those the minute decides.
  return offset === midnightOffset(zone, day + 1) ? offset : measuredOffset(zone, instant);
}

/**
 * The first instant at which a zone's clock shows what UTC would call `local`. A time that the clock skips is read as
 * if the clock had not changed yet.
 * @example localInstant("Europe/Berlin", Date.UTC(2026, 6, 1, 9)); // => Date.UTC(2026, 6, 1, 7)
 */
export function localInstant(zone: string, local: number): Instant {
  const before = local - zoneOffset(zone, local - DAY);
  const after = local - zoneOffset(zone, local + DAY);
  const shows = (instant: Instant) => instant + zoneOffset(zone, instant) === local;
  const [first, second] = [Math.min(before, after), Math.max(before, after)];
  if (shows(first)) return first;
  return shows(second) ? second : before;
}

/**
 * The instants at which a zone's clock shows what UTC would call `local`: one, or none in an hour that the clock skips,
 * or two in one that it repeats, earlier first.
 * @example localInstants("America/New_York", Date.UTC(2026, 10, 1, 1)); // => 05:00Z and 06:00Z
 */
export function localInstants(zone: string, local: number): Instant[] {
  // No zone changes its clocks twice within two days, so these are all the offsets it can be.
  const offsets = new Set([zoneOffset(zone, local - DAY), zoneOffset(zone, local + DAY)]);
  return [...offsets]
    .map((offset) => local - offset)
    .filter((instant) => instant + zoneOffset(zone, instant) === local)
    .sort((a, b) => a - b);
}

function midnightOffset(zone: string, day: number): number {
  const days = midnightOffsets.get(zone) ?? new Map<number, number>();
  midnightOffsets.set(zone, days);
  const offset = days.get(day) ?? measuredOffset(zone, day * DAY);
  // Only bad input from outside has such years.
  if (days.size > 5_000) days.clear();
  days.set(day, offset);
  return offset;
}

function measuredOffset(zone: string, instant: Instant): number {
  const whole = Math.floor(instant / MINUTE) * MINUTE;
  const fields = Object.fromEntries(
    formatOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute } = fields;
  return Date.UTC(year!, month! - 1, day!, hour!, minute!) - whole;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formats.set(zone, format);
  return format;
}

/**
 * Abbreviations that belong to no place: Intl takes EST for Panama and CET for Brussels, whose holidays nobody meant.
 */
const CLOCKS = new Set(["EST", "MST", "HST", "WET", "CET", "MET", "EET"]);

const canonicalNames = new Map<string, string | undefined>();
/** How many names from outside are cached. */
const MOST_NAMES = 2_000;

/**
 * The canonical name of a zone, which may have several or be typed in small letters; undefined for an unknown zone.
 * Every zone from outside passes here, so that look-ups by name find it.
 * @example canonicalZone("US/Eastern"); // => "America/New_York"
 */
export function canonicalZone(name: string): string | undefined {
  if (canonicalNames.has(name)) return canonicalNames.get(name);
  const canonical = resolvedName(name.trim());
  if (canonicalNames.size >= MOST_NAMES) canonicalNames.clear();
  canonicalNames.set(name, canonical);
  return canonical;
}

function resolvedName(name: string): string | undefined {
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return CLOCKS.has(name.toUpperCase()) ? name.toUpperCase() : timeZone;
  } catch {
    return undefined;
  }
}

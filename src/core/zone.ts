import { type Instant, MINUTE } from "./time.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * How far a zone's clock is ahead of UTC at an instant, in milliseconds.
 * @example zoneOffset("Europe/Berlin", Date.UTC(2026, 6, 1)); // => 2 * HOUR
 */
export function zoneOffset(zone: string, instant: Instant): number {
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

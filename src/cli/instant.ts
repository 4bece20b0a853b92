import { InputError } from "../errors.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../time/time.ts";
import { localInstant } from "../time/zone.ts";

const UNITS: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY };

/** The clock by which an instant is meant, and the side of now on which a duration lies. */
export interface Clockwork {
  readonly now: Instant;
  /** IANA zone. */
  readonly zone: string;
  readonly toward: "future" | "past";
}

/**
 * Reads an instant: a duration from now (`4h`), or a date with or without a time, by the zone's clock unless it ends in
 * Z. Throws InputError for anything else.
 */
export function instantOf(text: string, { now, zone, toward }: Clockwork): Instant {
  const [, amount, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  if (amount && unit) return now + (toward === "future" ? 1 : -1) * Number(amount) * UNITS[unit]!;
  const [, date, time = "00:00", utc] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?(Z?)$/.exec(text) ?? [];
  const local = date ? Date.parse(`${date}T${time}Z`) : Number.NaN;
  if (Number.isNaN(local) || !isDate(date!))
    throw new InputError(`${text} is neither a duration such as 4h, nor a time such as 2026-06-17T08:00`);
  return utc ? local : localInstant(zone, local);
}

/** Whether the day exists. Date.parse reads the 30th of February as a day in March. */
export function isDate(text: string): boolean {
  const midnight = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

/** `2026-06-16T12:00Z` */
export const minuteName = (instant: Instant): string => `${new Date(instant).toISOString().slice(0, 16)}Z`;

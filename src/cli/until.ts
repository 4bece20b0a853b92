import { DAY, HOUR, type Instant, MINUTE } from "../core/time.ts";
import { localInstant } from "../core/zone.ts";
import { InputError } from "../errors.ts";

const UNITS: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY };

/**
 * Reads an instant: so long from now (`4h`), for anything but `until` so long ago, or a date with or without a time, by
 * the zone's clock unless it ends in Z. Throws InputError for anything else.
 */
export function instantOf(option: string, text: string, now: Instant, zone: string): Instant {
  const [, amount, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  if (amount && unit) return now + (option === "until" ? 1 : -1) * Number(amount) * UNITS[unit]!;
  const [, date, time = "00:00", utc] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?(Z?)$/.exec(text) ?? [];
  const local = date ? Date.parse(`${date}T${time}Z`) : Number.NaN;
  if (Number.isNaN(local))
    throw new InputError(
      `--${option} ${text} is neither a span such as 4h, nor a time such as 2026-06-17T08:00`,
    );
  return utc ? local : localInstant(zone, local);
}

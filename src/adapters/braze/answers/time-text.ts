import { DAY, HOUR, type Instant, MINUTE } from "../../../time/time.ts";
import { canonicalZone, localInstants, zoneOffset } from "../../../time/zone.ts";

/**
 * The instants a time as Braze and files write it may stand for: one, or none or two for a time without an offset in the
 * hour that a change of clocks leaves out or doubles (earlier first). Undefined when it cannot be read. Braze documents
 * the offset `-5:00`, which is not ISO 8601, so that is read as well; a zone may be named behind the time.
 * @param earliest the first year that makes sense
 *
 * @example instantsOf("2026-11-01T01:00:00", "America/New_York"); // => 05:00Z and 06:00Z
 */
export function instantsOf(text: string, naiveZone: string, earliest = 1970): Instant[] | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const wall = wallOf(
    match.slice(1, 7).map((digits) => Number(digits ?? 0)),
    earliest,
  );
  if (wall === undefined) return undefined;

  const [, , , , , , , offsetText, zoneText] = match;
  if (offsetText) {
    const offset = /^(?:z|utc|gmt)$/i.test(offsetText) ? 0 : offsetOf(offsetText);
    return offset === undefined ? undefined : [wall - offset];
  }
  const zone = zoneText ? canonicalZone(zoneText) : naiveZone;
  return zone === undefined ? undefined : localInstants(zone, wall);
}

/**
 * The calendar date a time of a day series stands for, as the UTC midnight of that date. A midnight is the date as
 * it is written; any other instant is read by the clock of `zone`. Undefined when it cannot be read.
 */
export function dateOf(text: string, zone: string): Instant | undefined {
  const written = /^\d{4}-\d{2}-\d{2}(?:[T ]00:00|$)/i.test(text);
  const instant = instantsOf(written ? text.slice(0, 10) : text, written ? "UTC" : zone)?.[0];
  if (instant === undefined) return undefined;
  return written ? instant : Math.floor((instant + zoneOffset(zone, instant)) / DAY) * DAY;
}

const TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?))?(?: ?\[?([a-z]+\/[a-z0-9_+/-]+)\]?)?)?$/i;

/** The fields of a clock as if they were UTC, or undefined when there is no such date or time. */
function wallOf(
  [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: number[],
  earliest: number,
): number | undefined {
  if (year < earliest || hour > 23 || minute > 59 || second > 59) return undefined;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(wall);
  // 30 February would quietly become 2 March.
  return read.getUTCMonth() === month - 1 && read.getUTCDate() === day ? wall : undefined;
}

function offsetOf(zone: string): number | undefined {
  const digits = zone.slice(1).replace(":", "").padStart(2, "0");
  // "530" is 5:30 and "5" is five hours.
  const [hours, minutes] = digits.length > 2 ? [digits.slice(0, -2), digits.slice(-2)] : [digits, "0"];
  if (Number(hours) > 15 || Number(minutes) > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

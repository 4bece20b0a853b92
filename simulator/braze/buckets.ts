import { DAY, HOUR, type Instant, type Unit } from "../../src/time/time.ts";
import { zoneOffset } from "../../src/time/zone.ts";

/** An hour or a day of somebody's clock. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** The hour or day an instant lies in, by the clock of `zone`. */
export function spanAt(instant: Instant, unit: Unit, zone: string): Span {
  const offset = zoneOffset(zone, instant);
  if (unit === "hour") {
    const from = Math.floor((instant + offset) / HOUR) * HOUR - offset;
    return { from, to: from + HOUR };
  }
  const midnight = Math.floor((instant + offset) / DAY) * DAY;
  return { from: instantAt(midnight, zone), to: instantAt(midnight + DAY, zone) };
}

/** The one before. */
export const spanBefore = ({ from }: Span, unit: Unit, zone: string): Span => spanAt(from - 1, unit, zone);

function instantAt(wall: number, zone: string): Instant {
  return wall - zoneOffset(zone, wall - zoneOffset(zone, wall));
}

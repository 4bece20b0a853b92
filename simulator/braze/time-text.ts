import { HOUR, type Instant, MINUTE, type Unit } from "../../src/time/time.ts";
import { zoneOffset } from "../../src/time/zone.ts";
import type { Switches } from "./switches.ts";

/** How the simulator writes when a bucket begins: a date for a day, one of the many forms for an hour. */
export function timeText(instant: Instant, unit: Unit, zone: string, form: Switches["timeForm"]): string {
  const offset = zoneOffset(zone, instant);
  const [style, fraction] = form.split("-fraction");
  const onClock = new Date(instant + offset).toISOString();
  if (unit === "day") return onClock.slice(0, 10);

  const wall = onClock.slice(0, 19) + (fraction === undefined ? "" : ".000");
  switch (style) {
    case "z":
      return `${new Date(instant).toISOString().slice(0, 19)}${fraction === undefined ? "" : ".000"}Z`;
    case "offset":
      return wall + offsetText(offset, 2);
    case "short-offset":
      return wall + offsetText(offset, 1);
    default:
      return wall;
  }
}

function offsetText(offset: number, digits: number): string {
  const hours = String(Math.floor(Math.abs(offset) / HOUR)).padStart(digits, "0");
  const minutes = String((Math.abs(offset) % HOUR) / MINUTE).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

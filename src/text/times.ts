import { type Bucket, DAY, HOUR, type Instant, type Unit } from "../time/time.ts";
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

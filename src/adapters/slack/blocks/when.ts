import { plainWhen, type When, zonedSpan } from "../../../text/times.ts";
import { type Bucket, DAY, type Instant, SECOND, stepOf, type Unit } from "../../../time/time.ts";

/** An instant in the reader's own time through Slack's date token, which takes whole seconds. */
export const localTime = (instant: Instant): string =>
  `<!date^${Math.floor(instant / SECOND)}^{date_short_pretty} at {time}|${plainWhen(instant, "hour")}>`;

/**
 * A bucket's beginning: an hour in the reader's own time. A day is a calendar date, the same for every reader: in their
 * own time it would be the evening before west of Greenwich.
 */
export const localWhen = (bucket: Bucket, unit: Unit): string =>
  unit === "day" ? plainWhen(bucket, unit) : localTime(bucket);

/** Buckets in the reader's own time: `today at 2:00 PM–3:00 PM, since today at 12:00 PM`. Days are calendar dates. */
export function localSpan(when: When, unit: Unit): string {
  if (unit === "day") return zonedSpan(when, unit, "UTC");
  const { from, to, since } = when;
  const end = to + stepOf(unit);
  const isLong = end - from > DAY / 2;
  return `${localTime(from)}–${isLong ? localTime(end) : localClock(end)}${since === undefined ? "" : `, since ${localTime(since)}`}`;
}

const localClock = (instant: Instant): string =>
  `<!date^${Math.floor(instant / SECOND)}^{time}|${plainWhen(instant, "hour")}>`;

import { plainWhen } from "../../../text/times.ts";
import { type Bucket, type Instant, SECOND, type Unit } from "../../../time/time.ts";

/** An instant in the reader's own time through Slack's date token, which takes whole seconds. */
export const localTime = (instant: Instant): string =>
  `<!date^${Math.floor(instant / SECOND)}^{date_short_pretty} at {time}|${plainWhen(instant, "hour")}>`;

/**
 * A bucket's beginning: an hour in the reader's own time. A day is a calendar date, the same for every reader: in their
 * own time it would be the evening before west of Greenwich.
 */
export const localWhen = (bucket: Bucket, unit: Unit): string =>
  unit === "day" ? plainWhen(bucket, unit) : localTime(bucket);

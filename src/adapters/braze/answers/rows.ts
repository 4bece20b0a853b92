import { PermanentError } from "../../../errors.ts";
import { redact } from "../../../redact.ts";
import { type Bucket, DAY, HOUR, hourOf, type Instant } from "../../../time/time.ts";
import { zoneOffset } from "../../../time/zone.ts";
import { MAX_LENGTH } from "../window.ts";
import type { Row } from "./answer.ts";
import { doubledHours } from "./doubled-hours.ts";
import { dateOf, instantsOf } from "./time-text.ts";

/** The value of a bucket, and when it is over. */
export interface Count {
  readonly value: number;
  readonly ends: Instant;
}

/** The buckets of one answer. */
export interface Page {
  readonly counts: ReadonlyMap<Bucket, Count>;
  /** Buckets in the answer whose count is ambiguous: unknown, not zero. */
  readonly unclear: ReadonlySet<Bucket>;
  /** Whether a row names an hour that the zone's clock skips. */
  readonly hasStrays: boolean;
}

/**
 * Places the rows of an hour series. An hour that begins inside a UTC hour, as those of a company in India do, is
 * named by the UTC hour it begins in: the row of 04:30Z is bucket 04:00Z. A row in an hour that the zone's clock
 * leaves out is dropped; the two rows of a doubled hour are told apart by their order.
 */
export function hourPage(
  rows: readonly Row[],
  naiveZone: string,
  endingAt: Instant,
  length = MAX_LENGTH,
): Page {
  const read = rows.map(({ time, value }) => ({ time, value, named: instantsOf(time, naiveZone) }));
  refuseDays(read, length);
  // A date alone names no hour.
  const placed = read.map(({ time, value, named }) => {
    const instants = isDate(time) ? undefined : named;
    return { value, instants: instants ?? [], isRead: instants !== undefined };
  });
  if (rows.length > 0 && placed.every(({ isRead }) => !isRead)) throw unreadable(rows[0]!.time);
  const page = newPage();
  for (const { value, instants } of placed) {
    if (instants.length === 1) add(page, hourOf(instants[0]!), value, instants[0]! + HOUR);
  }
  for (const [instant, value] of doubledHours(placed, endingAt)) {
    add(page, hourOf(instant), value, instant + HOUR);
  }
  return finished(
    page,
    placed.some(({ instants }) => instants.length === 0),
  );
}

/** Places the rows of a day series, whose days are counted by the clock of `zone`. */
export function dayPage(rows: readonly Row[], zone: string): Page {
  const page = newPage();
  const placed = rows.map((row) => ({ ...row, date: dateOf(row.time, zone) }));
  const known = placed.flatMap(({ date, ...row }) => (date === undefined ? [] : [{ ...row, date }]));
  if (rows.length > 0 && known.length === 0) throw unreadable(rows[0]!.time);
  const times = [...Map.groupBy(known, ({ date }) => date).values()];
  if (times.some((its) => new Set(its.map(({ time }) => time)).size > 1))
    throw otherUnit("hours where days were", known[0]!.time);
  for (const { date, value } of known) add(page, date, value, endOfDate(date, zone));
  return finished(page, known.length < rows.length);
}

const isDate = (time: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(time);

/** Throws where an answer tells days: dates alone, or midnights that reach back further than the hours asked for. */
function refuseDays(
  rows: readonly { readonly time: string; readonly named: readonly Instant[] | undefined }[],
  length: number,
): void {
  const [first] = rows;
  if (!first) return;
  const instants = rows.flatMap(({ named }) => named ?? []);
  const reach = Math.max(...instants) - Math.min(...instants);
  const isEachMidnight = rows.every(({ time }) => /^\d{4}-\d{2}-\d{2}[T ]00:00/i.test(time));
  if (rows.every(({ time }) => isDate(time)) || (isEachMidnight && reach > (length + 2) * HOUR))
    throw otherUnit("days where hours were", first.time);
}

const newPage = () => ({ counts: new Map<Bucket, Count>(), unclear: new Set<Bucket>() });

type OpenPage = ReturnType<typeof newPage>;

// The same bucket twice with different counts: nobody knows which is right.
function add({ counts, unclear }: OpenPage, bucket: Bucket, value: number | undefined, ends: Instant): void {
  const known = counts.get(bucket);
  if (value === undefined || (known && known.value !== value)) unclear.add(bucket);
  else counts.set(bucket, { value, ends });
}

function finished(page: OpenPage, hasStrays: boolean): Page {
  for (const bucket of page.unclear) page.counts.delete(bucket);
  return { ...page, hasStrays };
}

function endOfDate(date: Bucket, zone: string): Instant {
  const midnight = date + DAY;
  return midnight - zoneOffset(zone, midnight - zoneOffset(zone, midnight));
}

const otherUnit = (what: string, time: string) =>
  new PermanentError(
    `Braze returned ${what} asked for: its first row is of ${JSON.stringify(redact(time).slice(0, 40))}`,
    {
      failure: "braze-bad-answer",
      advice:
        "Check that BRAZE_REST_ENDPOINT is a REST endpoint of Braze and that what stands between passes the query on; if so, report this line to the maintainers of Tidewatch.",
    },
  );

const unreadable = (time: string) =>
  new PermanentError(`Braze wrote a time that cannot be read: ${JSON.stringify(redact(time).slice(0, 40))}`, {
    failure: "braze-bad-answer",
    advice: "Report this line to the maintainers of Tidewatch: this form of time is not known yet.",
  });

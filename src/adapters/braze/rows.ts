import { type Bucket, DAY, HOUR, hourOf, type Instant } from "../../core/time.ts";
import { zoneOffset } from "../../core/zone.ts";
import { PermanentError } from "../../errors.ts";
import { redact } from "../../redact.ts";
import type { Row } from "./answer.ts";
import { doubledHours } from "./doubled-hours.ts";
import { dateOf, instantsOf } from "./time-text.ts";

/** The sessions of a bucket, and when it is over. */
export interface Count {
  readonly sessions: number;
  readonly ends: Instant;
}

/** What one answer tells. */
export interface Page {
  readonly counts: ReadonlyMap<Bucket, Count>;
  /** Buckets the answer speaks of without saying which count is theirs: unknown, and surely not zero. */
  readonly unclear: ReadonlySet<Bucket>;
  /** Whether some row names an hour that the zone's clock leaves out. */
  readonly hasStrays: boolean;
}

/**
 * Places the rows of an hour series. An hour that begins inside a UTC hour, as those of a company in India do, is
 * named by the UTC hour it begins in: the row of 04:30Z is bucket 04:00Z. A row in an hour that the zone's clock
 * leaves out is dropped; the two rows of a doubled hour are told apart by their order.
 */
export function hourPage(rows: readonly Row[], naiveZone: string, endingAt: Instant): Page {
  const placed = rows.map(({ time, sessions }) => {
    const instants = instantsOf(time, naiveZone);
    if (!instants) throw unreadable(time);
    return { sessions, instants };
  });
  const page = newPage();
  for (const { sessions, instants } of placed) {
    if (instants.length === 1) add(page, hourOf(instants[0]!), { sessions, ends: instants[0]! + HOUR });
  }
  for (const [instant, sessions] of doubledHours(placed, endingAt)) {
    if (sessions === undefined) page.unclear.add(hourOf(instant));
    else add(page, hourOf(instant), { sessions, ends: instant + HOUR });
  }
  return settled(
    page,
    placed.some(({ instants }) => instants.length === 0),
  );
}

/** Places the rows of a day series, whose days are counted by the clock of `zone`. */
export function dayPage(rows: readonly Row[], zone: string): Page {
  const page = newPage();
  for (const { time, sessions } of rows) {
    const date = dateOf(time, zone);
    if (date === undefined) throw unreadable(time);
    add(page, date, { sessions, ends: endOfDate(date, zone) });
  }
  return settled(page, false);
}

const newPage = () => ({ counts: new Map<Bucket, Count>(), unclear: new Set<Bucket>() });

type OpenPage = ReturnType<typeof newPage>;

// The same bucket twice with different counts: nobody knows which one is right.
function add({ counts, unclear }: OpenPage, bucket: Bucket, count: Count): void {
  const known = counts.get(bucket);
  if (known && known.sessions !== count.sessions) unclear.add(bucket);
  else counts.set(bucket, count);
}

function settled(page: OpenPage, hasStrays: boolean): Page {
  for (const bucket of page.unclear) page.counts.delete(bucket);
  return { ...page, hasStrays };
}

function endOfDate(date: Bucket, zone: string): Instant {
  const midnight = date + DAY;
  return midnight - zoneOffset(zone, midnight - zoneOffset(zone, midnight));
}

const unreadable = (time: string) =>
  new PermanentError(`Braze wrote a time that cannot be read: ${JSON.stringify(redact(time).slice(0, 40))}`, {
    trouble: "braze-bad-answer",
    advice: "Report this line to the maintainers of Tidewatch: this form of time is not known yet.",
  });

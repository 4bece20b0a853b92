import type { SeriesProfile } from "../detector/detector.ts";
import {
  awaitsEvaluation,
  dueBuckets,
  historySpan,
  spreadOffset,
  type Timing,
  timingOf,
  watermark,
} from "../series/due.ts";
import { hasCounts, holePage, newerPages, olderPage, type Page } from "../series/history-plan.ts";
import { withForgotten } from "../series/late-data.ts";
import { partsOf } from "../series/ratio.ts";
import { type Point, type SeriesRef, seriesId, seriesRef } from "../series/series.ts";
import { type Bucket, HOUR, type Instant, MINUTE, stepOf } from "../time/time.ts";
import { emptyAmong } from "./collecting/empty-hours.ts";
import { unlessDamaged } from "./collecting/unless-damaged.ts";
import type { Context } from "./context.ts";
import type { StoredHistory } from "./ports/series.ts";

export interface Collected {
  /** How many buckets were waiting to be evaluated. */
  readonly due: number;
  /** How many points Braze returned, the trailing window included. */
  readonly points: number;
  /** Whether new data can be evaluated. */
  readonly ready: boolean;
  /** The newest bucket, if Braze has it. */
  readonly arrived?: Bucket;
}

/** How long a series waits before Braze is asked again for a missing bucket. */
const ASK_AGAIN = 5 * MINUTE;

/** The same for a series of which Braze knows nothing: each attempt reads a whole backfill. */
const ASK_AGAIN_WHEN_EMPTY = HOUR;

/**
 * Fetches and stores what is due of one series, and reads the trailing window again. What to fetch follows from what is
 * stored, so lost history is read again. Safe to repeat. @param backfilled receives the progress of a first backfill:
 * buckets stored, and buckets in all.
 */
export async function collect(
  id: string,
  context: Context,
  backfilled: (done: number, total: number) => unknown = () => {},
): Promise<Collected> {
  const { series, progress, clock, profiles } = context;
  const ref = seriesRef(id);
  const timing = timingOf(ref, context.timing);
  const { unit } = ref;
  const [profileOf, before, stored] = await Promise.all([
    profiles(),
    unlessDamaged(
      () => progress.of(id),
      () => progress.remove(id),
    ),
    unlessDamaged(
      () => series.readHistory(id),
      () => series.remove(id),
    ),
  ]);
  const profile = profileOf(id);
  const now = clock();
  const due = dueBuckets(before, now, profile, timing, spreadOffset(id, timing.spread));
  const last = due.at(-1);
  if (last === undefined) return { due: 0, points: 0, ready: awaitsEvaluation(before ?? {}) };

  const isNew = !hasCounts(stored);
  if (isNew && stored) await series.remove(id);

  let points = 0;
  let through = Number.NEGATIVE_INFINITY;
  let newest: Fetched | undefined;
  const read = async (page: Page) => {
    const fetched = await fetchPage(ref, page, { last, now, profile }, context);
    points += fetched.points.length;
    through = Math.max(through, fetched.through);
    if (page[1] === last) newest = fetched;
  };
  for (const page of newerPages(isNew ? undefined : stored, last, unit, timing.trailing)) await read(page);
  const evaluated = before?.evaluatedThrough;
  // In an ordinary hour there is nothing older to read, and no need to look at the store again.
  const isOrdinary = !isNew && due.length === 1 && evaluated !== undefined && through > evaluated;
  const known =
    isOrdinary && !olderPage(stored, last, unit)
      ? stored
      : await readOlder(id, last, context, read, isNew ? backfilled : () => {});
  const hole = !isNew && known && holePage(known, last, unit);
  if (hole) {
    await read(hole);
    await series.noteReasked(id, hole[1]);
  }

  const isNewer = evaluated === undefined ? points > 0 : through > evaluated;
  const isEmpty = evaluated === undefined && !isNewer;
  await progress.save(id, {
    ...(isNewer && { collectedThrough: through }),
    ...(through < last && { notBefore: now + (isEmpty ? ASK_AGAIN_WHEN_EMPTY : ASK_AGAIN) }),
  });
  // A series that was throttled says nothing about the ingestion delay.
  const isOnTime = before?.heldUntil === undefined || now - before.heldUntil > HOUR;
  // Nobody knows when an hour arrived that Braze left out.
  const isNotified = newest?.points.at(-1)?.bucket === last && !newest.empty.has(last);
  const arrived = evaluated !== undefined && isNotified && isOnTime ? { arrived: last } : {};
  return { due: due.length, points, ready: isNewer || known?.revisedFrom !== undefined, ...arrived };
}

/**
 * Reads the history backwards until it is long enough. Looks at the store each time, since somebody may have removed
 * the series meanwhile. Returns what is stored in the end.
 */
async function readOlder(
  id: string,
  last: Bucket,
  { series }: Pick<Context, "series">,
  read: (page: Page) => Promise<unknown>,
  backfilled: (done: number, total: number) => unknown,
): Promise<StoredHistory | undefined> {
  const { unit } = seriesRef(id);
  const total = historySpan(unit) / stepOf(unit);
  for (let pages = 0; ; pages++) {
    const stored = await series.readHistory(id);
    const page = olderPage(stored, last, unit);
    // If the history is removed again and again, the next collection continues.
    if (pages === total) return stored;
    const lacking = page ? (page[1] - last) / stepOf(unit) + total : 0;
    await backfilled(total - lacking, total);
    if (!page) return stored;
    await read(page);
  }
}

interface Fetched {
  readonly points: readonly Point[];
  /** The last bucket of the page that was stored. */
  readonly through: Bucket;
  /** The left-out buckets that count as empty. */
  readonly empty: ReadonlySet<Bucket>;
}

interface Now {
  /** The newest bucket that is due. */
  readonly last: Bucket;
  readonly now: Instant;
  readonly profile: SeriesProfile;
}

/** Reads one page from Braze and stores it. Keeps a count that was stored before and is missing in this answer. */
async function fetchPage(
  ref: SeriesRef,
  [first, final]: Page,
  { last, now, profile }: Now,
  context: Context,
): Promise<Fetched> {
  const { source, series } = context;
  const timing = timingOf(ref, context.timing);
  const id = seriesId(ref);
  let empty: ReadonlySet<Bucket> = new Set();
  const points = await source.points(ref, first, final, async (hours) => {
    empty = await emptyAmong(ref, hours, context);
    return empty;
  });
  const through = final === last ? arrivedThrough(points, first, last, now, profile, timing) : final;
  if (through < first) return { points, through, empty };
  const lastNotified = points.filter(({ bucket }) => bucket <= through);
  const isWhole = lastNotified.length === (through - first) / stepOf(ref.unit) + 1;
  const isBehind = final === last && lastNotified.at(-1)?.bucket !== last;
  // What a part of a ratio keeps, the ratio has.
  const isSure = (isWhole && !isBehind) || partsOf(ref) !== undefined;
  const stored = isSure ? undefined : await series.readHistory(id);
  const counted = stored
    ? withForgotten(lastNotified, stored.history, first, through, ref.unit, isBehind)
    : lastNotified;
  await series.write(id, counted, first, through);
  return { points, through, empty };
}

/** The bucket up to which there is nothing to wait for: it is there, too late, or a later bucket has arrived. */
function arrivedThrough(
  points: readonly Point[],
  first: Bucket,
  last: Bucket,
  now: Instant,
  { unit, zone }: SeriesProfile,
  { evaluationDelay, missingDataTimeout }: Timing,
): Bucket {
  const step = stepOf(unit);
  const newest = points.at(-1)?.bucket ?? first - step;
  const givenUp = watermark(now, evaluationDelay + missingDataTimeout, unit, zone);
  return Math.min(last, Math.max(newest, givenUp));
}

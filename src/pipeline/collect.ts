import type { SeriesProfile } from "../core/detector/detector.ts";
import {
  awaitsJudgement,
  dueBuckets,
  historySpan,
  lastSettled,
  spreadOffset,
  type Timing,
} from "../core/due.ts";
import { withForgotten } from "../core/late.ts";
import { type Point, seriesRef } from "../core/series.ts";
import { type Bucket, HOUR, type Instant, MINUTE, stepOf } from "../core/time.ts";
import { type EmptyHoursDeps, emptyAmong } from "./empty-hours.ts";
import type { Clock } from "./ports/clock.ts";
import type { Profiles } from "./ports/profiles.ts";
import type { ProgressStore, SeriesStore, SessionSource } from "./ports/series.ts";

export interface CollectDeps extends EmptyHoursDeps {
  readonly source: SessionSource;
  readonly series: Pick<SeriesStore, "read" | "write">;
  readonly progress: Pick<ProgressStore, "of" | "save">;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly profiles: Profiles;
}

export interface Collected {
  /** How many buckets were waiting to be judged. */
  readonly due: number;
  /** How many points Braze gave, the trailing window included. */
  readonly points: number;
  /** Whether something new can be judged. */
  readonly ready: boolean;
  /** The newest bucket, where Braze has it by now. */
  readonly arrived?: Bucket;
}

/** One page of Braze: a backfill is stored page by page, so that its progress can be seen. */
const BACKFILL_BUCKETS = 96;

/** How long a series waits before Braze is asked again for a bucket it did not have. */
const ASK_AGAIN = 5 * MINUTE;

/** The same for a series of which Braze knows nothing at all: a whole backfill is asked each time. */
const ASK_AGAIN_WHEN_EMPTY = HOUR;

/**
 * Fetches what is due of one series, reading again the trailing window and what was given up on before, and stores it.
 * Safe to repeat.
 * @param backfilled is told how many of all buckets of a first backfill are stored.
 */
export async function collect(
  seriesId: string,
  deps: CollectDeps,
  backfilled: (done: number, total: number) => unknown = () => {},
): Promise<Collected> {
  const { source, series, progress, timing, clock, profiles } = deps;
  const ref = seriesRef(seriesId);
  const profile = (await profiles())(seriesId);
  const step = stepOf(ref.unit);
  const standing = await progress.of(seriesId);
  const now = clock();
  const due = dueBuckets(standing, now, profile, timing, spreadOffset(seriesId, timing.spread));
  const last = due.at(-1);
  if (last === undefined) return { due: 0, points: 0, ready: awaitsJudgement(standing ?? {}) };

  const oldest = last - historySpan(ref.unit) + step;
  const reread = Math.max(timing.trailing, step);
  const judged = standing?.judgedThrough;
  // A backfill that was stored and not judged yet is not fetched again.
  const known = judged ?? standing?.collectedThrough;
  const [awaited = Number.POSITIVE_INFINITY] = standing?.awaited ?? [];
  const from = known === undefined ? oldest : Math.max(oldest, Math.min(known - reread + step, awaited));

  let points = 0;
  let through = from - step;
  let newest: Bucket | undefined;
  let hasCome = false;
  let empty: ReadonlySet<Bucket> = new Set();
  for (const [first, final] of pages(from, last, step)) {
    const page = await source.sessions(ref, first, final, async (hours) => {
      empty = await emptyAmong(ref, hours, deps);
      return empty;
    });
    points += page.length;
    newest = page.at(-1)?.bucket;
    hasCome ||= page.some(({ bucket }) => standing?.awaited?.includes(bucket));
    through = final === last ? arrivedThrough(page, first, last, now, profile, timing) : final;
    if (through >= first) {
      const told = page.filter(({ bucket }) => bucket <= through);
      const isWhole = known === undefined || told.length === (through - first) / step + 1;
      const stored = isWhole ? undefined : await series.read(seriesId);
      const counted = stored ? withForgotten(told, stored.history, first, through, ref.unit) : told;
      await series.write(seriesId, counted, first, through);
    }
    if (known === undefined) await backfilled((final - from) / step + 1, (last - from) / step + 1);
  }
  const ready = known === undefined ? points > 0 : through > known;
  await progress.save(seriesId, {
    ...(ready && { collectedThrough: through }),
    ...(through < last && {
      notBefore: now + (known === undefined && !ready ? ASK_AGAIN_WHEN_EMPTY : ASK_AGAIN),
    }),
  });
  // What was held on purpose came when it was asked for.
  const isOnTime = standing?.heldUntil === undefined || now - standing.heldUntil > HOUR;
  // Of an hour that Braze left out nobody knows when it came.
  const isTold = newest === last && !empty.has(last);
  const arrived = judged !== undefined && isTold && isOnTime ? { arrived: last } : {};
  return { due: due.length, points, ready: ready || hasCome, ...arrived };
}

const pages = (from: Bucket, last: Bucket, step: number): [Bucket, Bucket][] =>
  Array.from({ length: Math.ceil((last - from + step) / (BACKFILL_BUCKETS * step)) }, (_, page) => {
    const first = from + page * BACKFILL_BUCKETS * step;
    return [first, Math.min(last, first + (BACKFILL_BUCKETS - 1) * step)];
  });

/** The bucket up to which nothing is worth waiting for: there, or late beyond patience, or overtaken by a later one. */
function arrivedThrough(
  points: readonly Point[],
  first: Bucket,
  last: Bucket,
  now: Instant,
  { unit, zone }: SeriesProfile,
  { evaluationDelay, patience }: Timing,
): Bucket {
  const step = stepOf(unit);
  const newest = points.at(-1)?.bucket ?? first - step;
  const givenUp = lastSettled(now, evaluationDelay + patience, unit, zone);
  return Math.min(last, Math.max(newest, givenUp));
}

import type { SeriesProfile } from "../../detector/detector.ts";
import { type Progress, spreadOffset, type Timing, watermark } from "../../series/due.ts";
import { endOf } from "../../time/calendar.ts";
import { type Instant, stepOf } from "../../time/time.ts";
import type { Context } from "../context.ts";

/** How far all series together are behind. */
export interface Backlog {
  readonly series: number;
  /** How many have a due bucket that is not evaluated. */
  readonly behind: number;
  /** How many were never evaluated: their history is still to be read. */
  readonly unread: number;
  /** How long the oldest bucket not evaluated has been due, in milliseconds; 0 when there is none. */
  readonly lag: number;
  /** The end of the newest bucket that is evaluated for every series; undefined until each was evaluated once. */
  readonly evaluatedThrough?: Instant;
}

/** Reads the progress of all series. Unlike a tick, it also counts those that are held. */
export async function backlogOf({
  watches,
  progress,
  timing,
  clock,
  profiles,
}: Pick<Context, "watches" | "progress" | "timing" | "clock" | "profiles">): Promise<Backlog> {
  const [ids, known, profileOf] = await Promise.all([watches.seriesIds(), progress.all(), profiles()]);
  const now = clock();
  const each = ids.map((id) => one(id, known.get(id), now, timing, profileOf(id)));
  const ends = each.map(({ end }) => end);
  const isRead = ends.length > 0 && ends.every((end) => end !== undefined);
  return {
    series: ids.length,
    behind: each.filter(({ lag }) => lag > 0).length,
    unread: ends.filter((end) => end === undefined).length,
    lag: each.reduce((longest, { lag }) => Math.max(longest, lag), 0),
    ...(isRead && { evaluatedThrough: ends.reduce((oldest, end) => Math.min(oldest, end)) }),
  };
}

function one(
  id: string,
  standing: Progress | undefined,
  now: Instant,
  { evaluationDelay, spread }: Timing,
  { unit, zone }: SeriesProfile,
): { lag: number; end: Instant | undefined } {
  const delay = evaluationDelay + spreadOffset(id, spread);
  const last = watermark(now, delay, unit, zone);
  const evaluated = standing?.evaluatedThrough;
  const owed = evaluated === undefined ? last : evaluated + stepOf(unit);
  return {
    lag: owed > last ? 0 : Math.max(0, now - endOf(owed, unit, zone) - delay),
    end: evaluated === undefined ? undefined : endOf(evaluated, unit, zone),
  };
}

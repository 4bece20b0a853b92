import { watermark } from "../series/due.ts";
import { firstLook } from "../series/ingestion-delay.ts";
import { endOf } from "../time/calendar.ts";
import { type Instant, stepOf } from "../time/time.ts";
import type { Facts, SeriesFacts } from "./facts.ts";

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

/** The backlog of all series. Unlike a tick, it also counts those that are held. */
export function backlogOf({ series, now }: Pick<Facts, "series" | "now">): Backlog {
  const lags = series.map((one) => lagOf(one, now));
  const ends = series.flatMap(({ progress, unit, zone }) =>
    progress?.evaluatedThrough === undefined ? [] : [endOf(progress.evaluatedThrough, unit, zone)],
  );
  const isRead = series.length > 0 && ends.length === series.length;
  return {
    series: series.length,
    behind: lags.filter((lag) => lag > 0).length,
    unread: series.length - ends.length,
    lag: lags.reduce((longest, lag) => Math.max(longest, lag), 0),
    ...(isRead && { evaluatedThrough: ends.reduce((oldest, end) => Math.min(oldest, end)) }),
  };
}

function lagOf({ id, progress, unit, zone, timing }: SeriesFacts, now: Instant): number {
  const delay = firstLook(id, timing);
  const last = watermark(now, delay, unit, zone);
  const evaluated = progress?.evaluatedThrough;
  const owed = evaluated === undefined ? last : evaluated + stepOf(unit);
  return owed > last ? 0 : Math.max(0, now - endOf(owed, unit, zone) - delay);
}

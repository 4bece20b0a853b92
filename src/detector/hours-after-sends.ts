import { SEND_REACH, type Send } from "../series/sends.ts";
import { type Bucket, HOUR, WEEK } from "../time/time.ts";

/** What a send is to the detector. */
export type DetectedSend = Pick<Send, "id" | "kind" | "time">;

/** How far back earlier sends count. History is longer, so that an hour seen again a few days later is seen alike. */
export const LOOK_BACK = 7 * WEEK;

/** The share of hours. */
const MOST_HOURS = 0.25;

/** Over how long it is counted. */
const RECENT = 4 * WEEK;

/** A send that reaches an hour, and so many hours after it. */
interface Reaching {
  readonly send: DetectedSend;
  readonly lag: number;
}

/** The hours that sends reach. */
export interface Reached {
  readonly at: ReadonlyMap<Bucket, readonly Reaching[]>;
  /** In order. */
  readonly hours: readonly Bucket[];
  /** Newest first. */
  readonly sends: readonly DetectedSend[];
}

/** By the list of sends, which is the same object until one is added. */
const remembered = new WeakMap<readonly DetectedSend[], Reached>();

/** The hours that begin with a send or within three hours after it. */
export function hoursAfter(sends: readonly DetectedSend[]): Reached {
  const known = remembered.get(sends);
  if (known) return known;
  const at = new Map<Bucket, Reaching[]>();
  for (const send of sends)
    for (let lag = 0; lag * HOUR <= SEND_REACH.hour; lag++) {
      const hour = hourOfSend(send) + lag * HOUR;
      const others = at.get(hour);
      if (others) others.push({ send, lag });
      else at.set(hour, [{ send, lag }]);
    }
  const hours = [...at.keys()].sort((a, b) => a - b);
  const reached = { at, hours, sends: sends.toSorted((a, b) => b.time - a.time) };
  remembered.set(sends, reached);
  return reached;
}

/** The hour in which a send goes out. */
export const hourOfSend = ({ time }: DetectedSend): Bucket => Math.floor(time / HOUR) * HOUR;

/** Whether so many of the hours of the last four weeks followed a send that sends are what is usual. */
export function isUsual(hour: Bucket, { hours }: Reached): boolean {
  const recent = hours.filter((each) => each < hour && each >= hour - RECENT);
  return recent.length > (MOST_HOURS * RECENT) / HOUR;
}

/**
 * The values of this hour in the weeks before in which a send reached it, too, if those are at least half of the weeks
 * that are known: it is part of the season. Undefined if they are fewer.
 */
export function weeklyValues(
  hour: Bucket,
  at: Reached["at"],
  valueAt: (bucket: Bucket) => number | undefined,
): number[] | undefined {
  const weeks = before(hour, WEEK, LOOK_BACK).flatMap((week) => {
    const value = valueAt(week);
    return value === undefined ? [] : [{ value, isReached: at.has(week) }];
  });
  const reached = weeks.filter(({ isReached }) => isReached).map(({ value }) => value);
  return weeks.length > 1 && reached.length >= weeks.length / 2 ? reached : undefined;
}

const before = (hour: Bucket, step: number, back: number): Bucket[] =>
  Array.from({ length: Math.floor(back / step) }, (_, i) => hour - (i + 1) * step);

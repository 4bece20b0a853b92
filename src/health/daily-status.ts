import type { Verdict } from "../detector/verdict/verdict.ts";
import { type Bucket, bucketsBetween, DAY, type Instant, stepOf, type Unit } from "../time/time.ts";
import { localInstant, zoneOffset } from "../time/zone.ts";

/** A calendar day by the clock of a zone. */
export interface LocalDay {
  /** Such as `2026-06-16`. */
  readonly date: string;
  readonly from: Instant;
  /** The first instant of the next day. */
  readonly to: Instant;
}

/**
 * The day that the daily status covers: the last full one, once it is past `timeOfDay` (milliseconds after midnight) in
 * the zone. `notifiedOn` is today, since the status is posted once a day.
 */
export function dayOfStatus(
  now: Instant,
  timeOfDay: number,
  zone: string,
): { readonly day: LocalDay; readonly notifiedOn: string } | undefined {
  const local = now + zoneOffset(zone, now);
  const today = Math.floor(local / DAY) * DAY;
  if (local - today < timeOfDay) return undefined;
  const day = {
    date: dateOf(today - DAY),
    from: localInstant(zone, today - DAY),
    to: localInstant(zone, today),
  };
  return { day, notifiedOn: dateOf(today) };
}

/** The buckets of one watch on a day. */
export interface WatchedDay {
  readonly unit: Unit;
  readonly watchedSince: Instant;
  readonly entries: readonly { readonly bucket: Bucket; readonly verdict: Verdict["kind"] }[];
  readonly isMuted: boolean;
  readonly incidents: number;
}

/** All buckets of a day: evaluated, not evaluated, or never looked at, which is a gap. */
export interface Account {
  readonly due: number;
  readonly evaluated: number;
  readonly notEvaluated: number;
  readonly gaps: number;
}

/** The account of the last full day; it shows that Tidewatch works. */
export interface DailyStatus {
  readonly day: LocalDay;
  readonly hours: Account;
  readonly days: Account;
  readonly watches: number;
  readonly muted: number;
  readonly incidents: number;
  /** How many health issues are open at present. */
  readonly openIssues: number;
  /** The workspaces whose sends nobody may read; each is named once. @default none */
  readonly withoutSends?: readonly string[];
}

/** The account of a day over all watches; undefined when nothing was watched. */
export function dailyStatusOf(
  day: LocalDay,
  watched: readonly WatchedDay[],
  openIssues: number,
): DailyStatus | undefined {
  const hours = accountOf(day, watched, "hour");
  const days = accountOf(day, watched, "day");
  if (hours.due + days.due === 0) return undefined;
  return {
    day,
    hours,
    days,
    watches: watched.length,
    muted: watched.filter(({ isMuted }) => isMuted).length,
    incidents: watched.reduce((sum, { incidents }) => sum + incidents, 0),
    openIssues,
  };
}

function accountOf(day: LocalDay, watched: readonly WatchedDay[], unit: Unit): Account {
  const total = { due: 0, evaluated: 0, notEvaluated: 0, gaps: 0 };
  for (const { watchedSince, entries } of watched.filter((watch) => watch.unit === unit)) {
    const verdicts = new Map(entries.map(({ bucket, verdict }) => [bucket, verdict]));
    for (const bucket of bucketsOf(day, unit)) {
      if (bucket + stepOf(unit) <= watchedSince) continue;
      const verdict = verdicts.get(bucket);
      total.due += 1;
      if (verdict === undefined) total.gaps += 1;
      else if (verdict === "not-evaluated") total.notEvaluated += 1;
      else total.evaluated += 1;
    }
  }
  return total;
}

/** The buckets of a day: the 23 to 25 hours that begin in it, or the day itself by its date. */
export function bucketsOf({ date, from, to }: LocalDay, unit: Unit): Bucket[] {
  if (unit === "day") return [Date.parse(date)];
  const step = stepOf(unit);
  return bucketsBetween(Math.ceil(from / step) * step, Math.ceil(to / step) * step - step, unit);
}

const dateOf = (midnight: number): string => new Date(midnight).toISOString().slice(0, 10);

import type { SeriesProfile } from "../detector/detector.ts";
import type { Member } from "../incidents/alert-group.ts";
import type { Breakdown } from "../incidents/breakdown.ts";
import { beganAt } from "../incidents/incident.ts";
import type { LikelyCause } from "../incidents/likely-cause.ts";
import type { MissingSend } from "../series/missing-sends.ts";
import { isPlanned } from "../series/planned-events.ts";
import type { ProductChange } from "../series/product-changes.ts";
import type { Send } from "../series/sends.ts";
import { type SeriesRef, seriesId } from "../series/series.ts";
import type { Watch } from "../settings/watch.ts";
import { type DayKind, dayKindOf, weeksBefore } from "../time/calendar.ts";
import { type Bucket, type Instant, stepOf, type Unit, WEEK } from "../time/time.ts";

/** How many other watched series moved the same way at the same time, of how many. */
export interface Alike {
  readonly watched: number;
  readonly alike: readonly Watch[];
}

/** How one of two compared series did in the buckets that decided. */
export interface PartMoved {
  readonly series: SeriesRef;
  /** The name of its app, where the message is about several. */
  readonly appName?: string;
  /** Whether a watch on it would not have alerted. */
  readonly isAsExpected: boolean;
  readonly observed: number;
  readonly expected: number;
}

/** What is known around an incident and may explain it. */
export interface AlertContext {
  /** Other series of the same app: its segments, or the app as a whole. */
  readonly relatedSeries: Alike;
  /** Other apps of the workspace, each as a whole. */
  readonly otherApps: Alike;
  /** Since when the workspace cannot be read; undefined while it can. */
  readonly unreadableSince?: Instant;
  /** What people changed in the product shortly before it began, newest first. */
  readonly changes: readonly ProductChange[];
  /** What was sent shortly before it began, newest first. */
  readonly sends: readonly Send[];
  /** What did not go out though it did at this time of the weeks before. @default nothing that is known */
  readonly missing?: readonly MissingSend[];
  /** Events planned for its start or its newest bucket. */
  readonly planned: readonly string[];
  readonly day: DayKind;
  /** The parts of a ratio, numerator first, as far as they are known; else what moved, and the sessions beside it. */
  readonly parts: readonly PartMoved[];
  /** Why it probably happened; left out: unknown. */
  readonly cause?: LikelyCause;
  /** What the incident is made of, once that is known. */
  readonly breakdown?: Breakdown;
  /** How many full weeks of history the series has. */
  readonly weeks: number;
  /** The count a week before its newest numbers; left out: unknown. */
  readonly weekAgo?: number;
  /** The dashboard of its workspace, if known: an https address. */
  readonly dashboard?: string;
}

/** The most other series that are read. */
const MOST = 50;

/** The other watches of the same app, one for each series. */
export const relatedSeriesOf = ({ series }: Watch, all: readonly Watch[]): Watch[] =>
  othersAmong(all, series, ({ app }) => app === series.app);

/** Watches of the other apps of the workspace as a whole, one for each series. */
export const otherAppsOf = ({ series }: Watch, all: readonly Watch[]): Watch[] =>
  othersAmong(
    all,
    series,
    ({ app, segment }) => app !== undefined && app !== series.app && segment === undefined,
  );

function othersAmong(
  all: readonly Watch[],
  own: SeriesRef,
  isMeant: (series: SeriesRef) => boolean,
): Watch[] {
  const found = all.filter(
    ({ series }) => series.workspace === own.workspace && series.unit === own.unit && isMeant(series),
  );
  const bySeries = new Map(found.map((watch) => [seriesId(watch.series), watch]));
  bySeries.delete(seriesId(own));
  return [...bySeries.values()].slice(0, MOST);
}

/** Holidays and planned events at an incident's start and newest bucket. */
export function daysOf(
  { incident }: Pick<Member, "incident">,
  { unit, zone, country, events = [] }: SeriesProfile,
): Pick<AlertContext, "planned" | "day"> {
  const { lastBucket } = incident;
  const first = beganAt(incident);
  const planned = events.filter(
    (event) => isPlanned(first, unit, zone, [event]) || isPlanned(lastBucket, unit, zone, [event]),
  );
  return {
    planned: [...new Set(planned.map(({ name }) => name))],
    day: dayKindOf(first, unit, zone, country),
  };
}

/** How many full weeks there are from the beginning of the first bucket to the end of the last. */
export const weeksBetween = (first: Bucket, last: Bucket, unit: Unit): number =>
  Math.max(0, Math.floor((last + stepOf(unit) - first) / WEEK));

/**
 * What was counted a week before in the same buckets by the clock of the zone, up to `last`. Undefined if one of them is
 * unknown: unknown is not zero.
 */
export function weekBefore(
  { first, values }: { readonly first: Bucket; readonly values: readonly (number | undefined)[] },
  { last, buckets }: { readonly last: Bucket; readonly buckets: number },
  unit: Unit,
  zone: string,
): number | undefined {
  const step = stepOf(unit);
  const end = (weeksBefore(last, 1, unit, zone) - first) / step;
  const start = end - buckets + 1;
  if (start < 0 || !Number.isInteger(end)) return undefined;
  const counts = Array.from({ length: buckets }, (_, i) => values[start + i]);
  return counts.reduce(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0,
  );
}

import { isPlanned } from "../series/planned-events.ts";
import { dayKindOf, weekCellOf } from "../time/calendar.ts";
import type { Bucket, Unit } from "../time/time.ts";
import type { SeriesProfile } from "./state.ts";

/** How a series is divided into comparable buckets, and over how many buckets evidence is gathered. */
export interface Rhythm {
  /** Comparable buckets: the 168 hours of the week, or its 7 days. */
  readonly cells: number;
  /** Buckets of a day, which share a spread. */
  readonly groups: number;
  /** Look-back windows, in buckets. */
  readonly windows: readonly number[];
  /** The first cell of a Sunday, whose shape a holiday borrows. */
  readonly sunday: number;
  /** How many buckets a series must have been known for before it is judged: a week, or three for days. */
  readonly warmUp: number;
  /** Over how many buckets a new level is measured: what comes round within them is in it. */
  readonly levelOver: number;
  /** What stood out for so many buckets is no incident but a new level. */
  readonly lasting: number;
  /** Over how many buckets one looks back to see whether a series is still read at all. */
  readonly staleOver: number;
}

const hourly: Rhythm = {
  cells: 168,
  groups: 24,
  windows: [1, 3, 6, 12, 24],
  sunday: 144,
  warmUp: 168,
  levelOver: 24,
  lasting: 72,
  staleOver: 48,
};

const daily: Rhythm = {
  cells: 7,
  groups: 1,
  windows: [1, 2, 3, 7],
  sunday: 6,
  warmUp: 21,
  levelOver: 7,
  lasting: 14,
  staleOver: 14,
};

export const rhythmOf = (unit: Unit): Rhythm => (unit === "hour" ? hourly : daily);

/** What is special about a bucket. */
export interface Place {
  readonly cell: number;
  /** Whether it belongs to a public holiday, a day between one and a weekend, or a planned event. */
  readonly holiday: boolean;
}

/** Where a bucket stands in the week of a zone, and in its calendar. */
export const placeOf = (bucket: Bucket, { unit, zone, country, events }: SeriesProfile): Place => ({
  cell: weekCellOf(bucket, unit, zone),
  holiday: dayKindOf(bucket, unit, zone, country) !== "ordinary" || isPlanned(bucket, unit, zone, events),
});

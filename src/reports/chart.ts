import type { Direction, Range } from "../detector/verdict/verdict.ts";
import type { Measured } from "../metrics/metrics.ts";
import type { Bucket, Instant, Unit } from "../time/time.ts";

/** One bucket of a chart; unknown values are left out, never drawn as zero. */
export interface ChartPoint extends Partial<Range> {
  readonly bucket: Bucket;
  readonly observed?: number;
  readonly expected?: number;
  /** What the values of a ratio were divided by. */
  readonly denominator?: number;
}

/** Buckets from `from` to `to`, both included. */
export interface ChartSpan {
  readonly from: Bucket;
  readonly to: Bucket;
}

/** A span that was anomalous. */
export interface ChartIncident extends ChartSpan {
  readonly direction: Direction;
}

/** A product change, marked where it took effect. */
export interface ChartChange {
  readonly name: string;
  readonly time: Instant;
  /** Whether it is a send, and no product change. @default false */
  readonly isSend?: boolean;
}

/** Everything a chart shows, before it is an image. */
export interface ChartData {
  /** The names of the series, each a part, as people typed them. */
  readonly title: readonly string[];
  /** What it counts; left out: sessions. */
  readonly series?: Measured;
  readonly unit: Unit;
  readonly zone: string;
  /** Ascending, one for each bucket of the span shown. */
  readonly points: readonly ChartPoint[];
  readonly incidents: readonly ChartIncident[];
  readonly holidays: readonly ChartSpan[];
  /** Ascending by time. @default none */
  readonly changes?: readonly ChartChange[];
  /** Further series on the same time axis, each a small chart below the large one. @default none */
  readonly panels?: readonly ChartPanel[];
}

/** A further series of a chart; its time axis is that of the chart. */
export type ChartPanel = Pick<ChartData, "title" | "series" | "points" | "incidents">;

/** What a ratio was divided by at a place of a history; nothing where it is no ratio, or not known. */
export const denominatorAt = (
  denominators: readonly (number | undefined)[] | undefined,
  i: number,
): Pick<ChartPoint, "denominator"> => {
  const denominator = denominators?.[i];
  return denominator === undefined ? {} : { denominator };
};

/** How much higher than all counts a chart reaches. A quiet hour of a noisy series can have a very high upper bound. */
const HEADROOM = 1.5;

/** The highest value that a chart shows: above all counts, and above the expected range where it is not far higher. */
export function ceilingOf(points: readonly ChartPoint[]): number {
  const finite = (value: number | undefined) => (Number.isFinite(value) ? value! : 0);
  const highest = (of: (point: ChartPoint) => number) =>
    points.reduce((most, point) => Math.max(most, of(point)), 0);
  const counted = highest(({ observed, expected }) => Math.max(finite(observed), finite(expected)));
  return Math.max(
    counted,
    Math.min(
      HEADROOM * counted,
      highest(({ high }) => finite(high)),
    ),
  );
}

/** The lowest value that a chart shows: zero, or below it what is not far lower than all counts, as refunds may be. */
export const floorOf = (points: readonly ChartPoint[]): number => {
  const negated = points.map(({ observed, expected, low }) => ({
    bucket: 0,
    ...(observed !== undefined && { observed: -observed }),
    ...(expected !== undefined && { expected: -expected }),
    ...(low !== undefined && { high: -low }),
  }));
  return Math.min(0, -ceilingOf(negated));
};

/** What was counted and expected in several buckets together; of a ratio, its mean. */
export interface Sum {
  readonly from: Bucket;
  readonly observed?: number;
  readonly expected?: number;
}

/**
 * Sums of `size` points each, ending with the newest. A sum with an unknown point is left out: it would look like a
 * drop. Ratios do not add up: the sum of their numerators is divided by that of their denominators.
 */
export function sumsOf(points: readonly ChartPoint[], size: number): Sum[] {
  const groups = Math.floor(points.length / size);
  return Array.from({ length: groups }, (_, i) => {
    const group = points.slice(points.length - (groups - i) * size, points.length - (groups - i - 1) * size);
    const observed = together(group, ({ observed }) => observed);
    const expected = together(group, ({ expected }) => expected);
    return {
      from: group[0]!.bucket,
      ...(observed !== undefined && { observed }),
      ...(expected !== undefined && { expected }),
    };
  });
}

function together(
  group: readonly ChartPoint[],
  read: (point: ChartPoint) => number | undefined,
): number | undefined {
  const isRatio = group.some(({ denominator }) => denominator !== undefined);
  let [sum, divisor] = [0, isRatio ? 0 : 1];
  for (const point of group) {
    const value = read(point);
    if (value === undefined) return undefined;
    const { denominator } = point;
    sum += value * (denominator ?? 1);
    divisor += denominator ?? 0;
  }
  return divisor > 0 ? sum / divisor : undefined;
}

/** The unbroken runs of buckets for which something holds. */
export function runsOf(buckets: readonly Bucket[], holds: (bucket: Bucket) => boolean): ChartSpan[] {
  const runs: { from: Bucket; to: Bucket }[] = [];
  let previousHeld = false;
  for (const bucket of buckets) {
    const holdsNow = holds(bucket);
    if (holdsNow && previousHeld) runs.at(-1)!.to = bucket;
    else if (holdsNow) runs.push({ from: bucket, to: bucket });
    previousHeld = holdsNow;
  }
  return runs;
}

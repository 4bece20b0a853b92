import { type ScaleLinear, scaleLinear } from "d3-scale";
import { type ChartData, type ChartSpan, ceilingOf, floorOf } from "../../reports/chart.ts";
import { stepOf } from "../../time/time.ts";
import { PLOT } from "./look.ts";

/** Where instants and counts lie in the drawing. */
export interface Scales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly step: number;
}

/** How many counts are named beside the plot, about. */
const COUNTS = 4;
const FEWER = 3;
const MOST_LINES = 6;
/** Beyond this nothing is a count any more, and arithmetic loses its grip. */
const MOST = 1e15;

/** Where a span begins and ends in the drawing, at least `least` wide; undefined when it lies out of sight. */
export function sidesOf(
  { from, to }: ChartSpan,
  { x, step }: Pick<Scales, "x" | "step">,
  least: number,
): readonly [left: number, right: number] | undefined {
  const [left, right] = [Math.max(PLOT.left, x(from)), Math.min(PLOT.right, x(to + step))];
  if (left >= right) return undefined;
  const missing = Math.max(0, least - (right - left)) / 2;
  return [left - missing, right + missing];
}

/** Whether the buckets lie so close, as in eight weeks of hours, that what tells them apart elsewhere would be a blur. */
export const isDense = ({ length }: readonly unknown[]): boolean => length > 300;

/** A count that can be drawn, undefined for what is none. */
export const drawable = (value: number | undefined): number | undefined =>
  value === undefined || !Number.isFinite(value) ? undefined : Math.min(MOST, Math.max(-MOST, value));

/** Scales that show every bucket whole, and counts from zero, or from below it where more was refunded than sold. */
export function scalesOf({ points, unit, incidents, series }: ChartData): Scales {
  const step = stepOf(unit);
  const from = points[0]?.bucket ?? 0;
  const to = (points.at(-1)?.bucket ?? 0) + step;
  const highest = Math.min(MOST, ceilingOf(points));
  const lowest = Math.max(-MOST, floorOf(points));
  // Over a spike there is room for its number.
  const room = incidents.some(({ direction }) => direction === "spike") ? 1.08 : 1;
  // Counts are whole: an axis of less than four would name halves. Ratios are not.
  const least = series?.per ? highest || 1 : COUNTS;
  const counts = scaleLinear([lowest, Math.max(least, highest * room)], [PLOT.bottom, PLOT.top]);
  return {
    x: scaleLinear([from, to], [PLOT.left, PLOT.right]),
    // What lies higher than the plot, such as the upper bound of a quiet hour, ends at its edge.
    y: (counts.copy().nice(COUNTS).ticks(COUNTS).length > MOST_LINES
      ? counts.nice(FEWER)
      : counts.nice(COUNTS)
    ).clamp(true),
    step,
  };
}

/** The counts to name beside the plot. */
export function countTicks({ y }: Scales): number[] {
  const ticks = y.ticks(COUNTS);
  return ticks.length > MOST_LINES ? y.ticks(FEWER) : ticks;
}

const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** Only ratios lie below 1. */
const FRACTION = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });

/**
 * A count in as few characters as an axis has room for.
 * @example shortCount(1_500); // => "1.5k"
 */
export const shortCount = (value: number): string =>
  (Math.abs(value) < 1 ? FRACTION : SHORT).format(value).replace("K", "k");

import type { ChartData } from "../../reports/chart.ts";
import { COLOUR, PLOT, SIZE } from "./look.ts";
import { tag, words } from "./markup.ts";
import { countTicks, type Scales, shortCount, sidesOf } from "./scales.ts";
import { middleOf, type TimeTick, timeTicks } from "./time-axis.ts";

/** How much room a label on the time axis takes, with the space beside it. */
const LABEL = 50;

/** Lines across at the counts that are named. */
export const countLines = (scales: Scales): string[] =>
  countTicks(scales).map((count) => {
    const y = scales.y(count);
    const stroke = count === 0 ? COLOUR.axis : COLOUR.grid;
    return tag("line", {
      x1: PLOT.left,
      x2: PLOT.right,
      y1: y,
      y2: y,
      stroke,
      "stroke-width": count === 0 ? 1.2 : 1,
    });
  });

/** The counts beside the plot, in thousands where they are large. */
export const countLabels = (scales: Scales): string[] =>
  countTicks(scales).map((count) =>
    words(shortCount(count), { x: PLOT.left - 7, y: scales.y(count) + 4.3, class: "count" }),
  );

/** Where the time axis has its ticks, in the drawing. */
export function ticksOf(
  { unit, zone }: ChartData,
  { x, step }: Scales,
): (TimeTick & { readonly x: number })[] {
  const [from, to] = x.domain() as [number, number];
  const most = Math.floor((PLOT.right - PLOT.left) / LABEL);
  // A day's name stands under its middle, an hour's where it begins.
  return timeTicks(from, unit === "day" ? to - step : to, unit, zone, most).map((tick) => ({
    ...tick,
    x: x(unit === "day" ? middleOf(tick.at, step) : tick.at),
  }));
}

/** Where each day begins, a line down. */
export const dayLines = (chart: ChartData, scales: Scales): string[] =>
  ticksOf(chart, scales)
    .filter(({ isStrong }) => isStrong && chart.unit === "hour")
    .map(({ x }) => tag("line", { x1: x, x2: x, y1: PLOT.top, y2: PLOT.bottom, stroke: COLOUR.grid }));

/** The time axis: days by name, hours between them. */
export const timeLabels = (chart: ChartData, scales: Scales): string[] =>
  ticksOf(chart, scales).flatMap(({ x, label, isStrong }) => [
    tag("line", { x1: x, x2: x, y1: PLOT.bottom, y2: PLOT.bottom + (isStrong ? 6 : 4), stroke: COLOUR.axis }),
    // At the very edge there is no room for a label.
    x > SIZE.width - 20 ? "" : words(label, { x, y: PLOT.bottom + 20, class: isStrong ? "day" : "hour" }),
  ]);

/** Holidays as a bar on the axis, which the legend names. */
export const holidayBars = ({ holidays }: ChartData, scales: Scales): string[] =>
  holidays.map((holiday) => {
    const [left, right] = sidesOf(holiday, scales, 2) ?? [0, 0];
    return left === right
      ? ""
      : tag("rect", { x: left, y: PLOT.bottom - 1.5, width: right - left, height: 5, fill: COLOUR.holiday });
  });

import type { Direction } from "../../detector/verdict/verdict.ts";
import type { ChartData } from "../../reports/chart.ts";
import { chartLabels } from "../../text/chart.ts";
import { arrow, CALLED } from "./incident-marks.ts";
import { COLOUR, SIZE } from "./look.ts";
import { tag, words } from "./markup.ts";
import { drawableTitle } from "./names.ts";
import { drawable, isDense } from "./scales.ts";
import { clockName } from "./time-axis.ts";

const LEFT = 14;

/** What is shown, and by whose clock. */
export function heading(chart: ChartData): string[] {
  const { title, unit, zone } = chart;
  const clock = unit === "hour" ? `per hour, ${clockName(zone)}` : "per day";
  return [
    words(drawableTitle(title, 44 - clock.length / 2) || countedName(chart), {
      x: LEFT,
      y: 23,
      class: "title",
    }),
    words(clock, { x: SIZE.width - LEFT, y: 23, class: "clock" }),
  ];
}

interface Entry {
  readonly name: string;
  readonly width: number;
  readonly swatch: (x: number, y: number) => string;
}

const SWATCH = 18;

/** What each shape means; only what is in the picture. */
export function legend(chart: ChartData): string {
  const entries = entriesOf(chart);
  const gap = entries.length > 4 ? 11 : 19;
  let x = 0;
  const marks = entries.flatMap(({ name, width, swatch }) => {
    const at = x;
    x += SWATCH + width + gap;
    return [swatch(at, 0), words(name, { x: at + SWATCH + 5, y: 4.3 })];
  });
  // Where a picture shows everything at once, the line is made to fit.
  const scale = Math.min(1, (SIZE.width - 2 * LEFT) / x).toFixed(3);
  return tag("g", { transform: `translate(${LEFT} 41) scale(${scale})` }, ...marks);
}

const entriesOf = (chart: ChartData): Entry[] => {
  const { points, incidents, holidays } = chart;
  const directions = incidents.length > 1 ? [...new Set(incidents.map(({ direction }) => direction))] : [];
  return [
    observed(chart),
    ...(points.some(({ expected }) => drawable(expected) !== undefined)
      ? [isDense(points) ? EXPECTED_RANGE : EXPECTED]
      : []),
    ...directions.map(named),
    ...(points.some(({ observed }) => drawable(observed) === undefined) ? [UNKNOWN] : []),
    ...(holidays.length > 0 ? [HOLIDAY] : []),
  ];
};

const bar = (x: number, y: number, height: number, fill: string) =>
  tag("rect", { x, y: y - height / 2, width: SWATCH, height, fill, rx: 1.5 });

/** What is counted, about seven units of width a letter. */
const observed = (chart: ChartData): Entry => ({
  name: countedName(chart),
  width: 7 * countedName(chart).length,
  swatch: (x, y) => bar(x, y, 2.4, COLOUR.observed),
});

const countedName = (chart: Pick<ChartData, "series">): string => chartLabels.counted(chart);

const EXPECTED: Entry = {
  name: "Expected",
  width: 58,
  swatch: (x, y) =>
    bar(x, y, 10, COLOUR.band) +
    tag("path", {
      d: `M${x},${y}h${SWATCH}`,
      stroke: COLOUR.expected,
      "stroke-width": 1.3,
      "stroke-dasharray": "4 3",
    }),
};

/** Without a middle, which is not drawn there. */
const EXPECTED_RANGE: Entry = {
  name: "Expected",
  width: 58,
  swatch: (x, y) => bar(x, y, 10, COLOUR.bandEdge),
};

const UNKNOWN: Entry = {
  name: "No data",
  width: 50,
  swatch: (x, y) => bar(x, y, 10, "url(#unknown)"),
};

const HOLIDAY: Entry = {
  name: "Holiday",
  width: 50,
  swatch: (x, y) => bar(x, y, 5, COLOUR.holiday),
};

const named = (direction: Direction): Entry => ({
  name: CALLED[direction],
  width: 36,
  swatch: (x, y) => bar(x, y, 12, COLOUR[direction].shade) + arrow(direction, x + SWATCH / 2, y),
});

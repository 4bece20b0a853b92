import { area, line } from "d3-shape";
import type { ChartPoint } from "../../reports/chart.ts";
import { COLOUR } from "./look.ts";
import { tag } from "./markup.ts";
import { drawable, isDense, type Scales } from "./scales.ts";
import { middleOf } from "./time-axis.ts";

interface Edge {
  readonly x: number;
  readonly low: number;
  readonly high: number;
  readonly expected: number;
}

/** The expected range as a band with its middle dashed; it has holes where nothing could be expected. */
export function bandMarks(points: readonly ChartPoint[], scales: Scales): string[] {
  const runs = runsOf(points, ({ low, expected }) =>
    [low, expected].every((value) => drawable(value) !== undefined),
  ).map((run) => edgesOf(run, scales));
  const band = area<Edge>(
    ({ x }) => x,
    ({ low }) => low,
    ({ high }) => high,
  ).digits(2);
  const upper = line<Edge>(
    ({ x }) => x,
    ({ high }) => high,
  ).digits(2);
  const lower = line<Edge>(
    ({ x }) => x,
    ({ low }) => low,
  ).digits(2);
  const middle = line<Edge>(
    ({ x }) => x,
    ({ expected }) => expected,
  ).digits(2);
  const edge = { fill: "none", stroke: COLOUR.bandEdge, "stroke-width": 0.8 };
  // Edges and dashes would run together where a day is as wide as one dash: there the band is one surface.
  if (isDense(points)) return runs.map((run) => tag("path", { d: band(run)!, fill: COLOUR.bandEdge }));
  return runs.flatMap((run) => [
    tag("path", { d: band(run)!, fill: COLOUR.band }),
    tag("path", { d: `${upper(run)}${lower(run)}`, ...edge }),
    tag("path", { d: middle(run)!, ...MIDDLE }),
  ]);
}

const MIDDLE = {
  fill: "none",
  stroke: COLOUR.expected,
  "stroke-width": 1.3,
  "stroke-dasharray": "4 3",
};

// A run reaches from the beginning of its first bucket to the end of its last, so that even a single one is seen.
function edgesOf(run: readonly ChartPoint[], { x, y, step }: Scales): Edge[] {
  const edges = run.map(({ bucket, low, high, expected }) => ({
    x: x(middleOf(bucket, step)),
    low: y(drawable(low)!),
    // Without an upper bound the range reaches to the edge.
    high: y(high === undefined ? Number.MAX_VALUE : (drawable(high) ?? 0)),
    expected: y(drawable(expected)!),
  }));
  const [first, last] = [run[0]!, run.at(-1)!];
  return [{ ...edges[0]!, x: x(first.bucket) }, ...edges, { ...edges.at(-1)!, x: x(last.bucket + step) }];
}

/** What was counted, as a line that breaks where a count is missing; a lone count is a dot. */
export function observedMarks(points: readonly ChartPoint[], { x, y, step }: Scales): string[] {
  const place = ({ bucket }: ChartPoint) => x(middleOf(bucket, step));
  const height = ({ observed }: ChartPoint) => y(drawable(observed)!);
  const runs = runsOf(points, ({ observed }) => drawable(observed) !== undefined);
  const path = line(place, height).digits(2);
  const stroke = {
    stroke: COLOUR.observed,
    "stroke-width": isDense(points) ? 1.1 : 2,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  };
  const lines = runs.filter(({ length }) => length > 1).map((run) => path(run));
  return [
    tag("path", { d: lines.join(""), fill: "none", ...stroke }),
    ...runs
      .filter(({ length }) => length === 1)
      .map(([lone]) => tag("circle", { cx: place(lone!), cy: height(lone!), r: 2, fill: COLOUR.observed })),
  ];
}

/** Hatching where counts are missing, so that a gap is not taken for quiet. */
export function gapMarks(points: readonly ChartPoint[], { x, y, step }: Scales): string[] {
  const [top, bottom] = y.range().toSorted((a, b) => a - b);
  return runsOf(points, ({ observed }) => drawable(observed) === undefined).map((run) => {
    const left = x(run[0]!.bucket);
    const width = x(run.at(-1)!.bucket + step) - left;
    return tag("rect", { x: left, y: top, width, height: bottom! - top!, fill: "url(#unknown)" });
  });
}

function runsOf(points: readonly ChartPoint[], holds: (point: ChartPoint) => boolean): ChartPoint[][] {
  const runs: ChartPoint[][] = [[]];
  for (const point of points) {
    if (holds(point)) runs.at(-1)!.push(point);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  return runs.filter(({ length }) => length > 0);
}

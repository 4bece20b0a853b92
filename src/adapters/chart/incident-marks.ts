import type { Direction } from "../../detector/verdict/verdict.ts";
import type { ChartData, ChartIncident, ChartPoint } from "../../reports/chart.ts";
import { COLOUR, PLOT } from "./look.ts";
import { tag, words } from "./markup.ts";
import { drawable, isDense, type Scales, shortCount, sidesOf } from "./scales.ts";
import { middleOf } from "./time-axis.ts";

/** What an incident is called where it is shown. */
export const CALLED: Record<Direction, string> = { drop: "Drop", spike: "Spike" };

/** A triangle that points where the sessions went, its middle at x and y. */
export const arrow = (direction: Direction, x: number, y: number): string => {
  const tip = direction === "drop" ? 4.5 : -4.5;
  return tag("path", {
    d: `M${round(x - 5)},${round(y - tip)}h10L${round(x)},${round(y + tip)}Z`,
    fill: COLOUR[direction].ink,
  });
};

// An hour among eight weeks is thinner than a line; it is drawn wide enough to be seen.
const LEAST = 3;

/** The shaded span of each incident, from the lane of its name down to the axis. */
export const incidentShades = ({ incidents }: ChartData, scales: Scales): string[] =>
  shadesOf(incidents, scales, { y: PLOT.lane, height: PLOT.bottom - PLOT.lane, rx: 2 });

/** The span of each incident as a rectangle of this height. */
export const shadesOf = (
  incidents: readonly ChartIncident[],
  scales: Pick<Scales, "x" | "step">,
  { y, height, rx }: { readonly y: number; readonly height: number; readonly rx?: number },
): string[] =>
  incidents.map((incident) => {
    const [left, right] = sidesOf(incident, scales, LEAST) ?? [0, 0];
    const place = { x: left, y, width: right - left, height, rx };
    return left === right ? "" : tag("rect", { ...place, fill: COLOUR[incident.direction].shade });
  });

/** A line down each incident, in front of everything, where it would be lost among so many hours. */
export const incidentLines = ({ points, incidents }: ChartData, scales: Scales): string[] => {
  const sides = isDense(points) ? incidents.map((incident) => sidesOf(incident, scales, LEAST)) : [];
  return sides.flatMap((of, i) => {
    if (!of) return [];
    const { ink } = COLOUR[incidents[i]!.direction];
    const d = `M${round((of[0] + of[1]) / 2)},${PLOT.lane + 14}V${PLOT.bottom}`;
    return [tag("path", { d, stroke: ink, "stroke-width": 1.6 })];
  });
};

/** Over each incident an arrow, and in words what it is where there is only one to name. */
export const incidentNames = ({ incidents }: ChartData, scales: Scales): string[] =>
  incidents.flatMap((incident) => {
    const { direction } = incident;
    const sides = sidesOf(incident, scales, LEAST);
    if (!sides) return [];
    const [left, right] = sides;
    const y = PLOT.lane + 9;
    if (incidents.length > 1) return [arrow(direction, (left + right) / 2, y)];
    // A flag as wide as its word, flown from the span to where there is room.
    const width = Math.max(direction === "drop" ? 54 : 60, right - left);
    const x = Math.max(PLOT.left, Math.min(left, PLOT.right - width));
    const flag = { x, y: PLOT.lane, width, height: 18, rx: 3, fill: COLOUR[direction].shade };
    const word = { x: x + 18, y: y + 4.3, fill: COLOUR[direction].ink, class: "strong" };
    return [tag("rect", flag), arrow(direction, x + 10, y), words(CALLED[direction], word)];
  });

/** A ring around each count of an incident that lies outside its band; that of the one to name is filled. */
export const incidentRings = (chart: ChartData, scales: Scales): string[] =>
  chart.incidents.flatMap((incident) => {
    const outside = chart.points.filter((point) => isOutside(point, incident));
    const named = pointToName(outside, chart);
    const ink = COLOUR[incident.direction].ink;
    const isNarrow = scales.x(scales.step) - scales.x(0) < 8;
    return outside.map((point) =>
      tag("circle", {
        ...placeOf(point, scales),
        r: isNarrow ? 2.4 : 3.4,
        fill: point === named ? ink : COLOUR.card,
        stroke: ink,
        "stroke-width": isNarrow ? 1.4 : 2,
      }),
    );
  });

/** While an incident lasts, its latest count, which the message speaks of too; afterwards the furthest out. */
const pointToName = (outside: readonly ChartPoint[], { points }: ChartData): ChartPoint | undefined =>
  outside.at(-1) === points.at(-1)
    ? outside.at(-1)
    : outside.toSorted((a, b) => distance(b) - distance(a))[0];

/** The number of the count to name of a lone incident. */
export function namedCount(chart: ChartData, scales: Scales): string[] {
  const [incident, ...others] = chart.incidents;
  const outside = incident ? chart.points.filter((point) => isOutside(point, incident)) : [];
  const named = pointToName(outside, chart);
  if (!incident || !named || others.length > 0) return [];
  const label = shortCount(
    chart.series?.per ? drawable(named.observed)! : Math.round(drawable(named.observed)!),
  );
  const ink = { fill: COLOUR[incident.direction].ink, class: "number" };
  const half = 5 * label.length;
  const { cx, cy } = placeOf(named, scales);
  if (incident.direction === "spike") {
    const isRight = cx + 8 + 2 * half < PLOT.right;
    return [words(label, { x: isRight ? cx + 6 + half : cx - 6 - half, y: cy + 4.5, ...ink })];
  }
  // Under all rings of a drop, or over them where they lie on the axis: beside them runs the line.
  const places = outside.map((point) => placeOf(point, scales));
  const below = Math.max(...places.map(({ cy }) => cy)) + 17;
  const above = Math.min(...places.map(({ cy }) => cy)) - 8;
  const middle = (places[0]!.cx + places.at(-1)!.cx) / 2;
  const x = Math.min(PLOT.right - half, Math.max(PLOT.left + half, middle));
  return [words(label, { x, y: below < PLOT.bottom - 2 ? below : above, ...ink })];
}

const placeOf = ({ bucket, observed }: ChartPoint, { x, y, step }: Scales) => ({
  cx: x(middleOf(bucket, step)),
  cy: y(drawable(observed)!),
});

const distance = ({ observed, expected }: ChartPoint) =>
  Math.abs(drawable(observed)! - (drawable(expected) ?? 0));

function isOutside(
  { bucket, observed, low, high }: ChartPoint,
  { from, to, direction }: ChartIncident,
): boolean {
  const count = drawable(observed);
  if (bucket < from || bucket > to || count === undefined) return false;
  return direction === "drop" ? count < (drawable(low) ?? 0) : count > (drawable(high) ?? Number.MAX_VALUE);
}

const round = (value: number) => Math.round(value * 100) / 100;

import { scaleLinear } from "d3-scale";
import { type ChartData, type ChartPanel, ceilingOf, floorOf } from "../../reports/chart.ts";
import { arrow, shadesOf } from "./incident-marks.ts";
import { COLOUR, PANEL, PLOT, SIZE } from "./look.ts";
import { tag, words } from "./markup.ts";
import { drawableTitle } from "./names.ts";
import { drawable, type Scales, shortCount } from "./scales.ts";
import { bandMarks, gapMarks, observedMarks } from "./series-marks.ts";

/** The small charts below the large one: each series on its own scale, all on the time axis above them. */
export const panelMarks = ({ panels = [] }: ChartData, { x, step }: Scales): string[] =>
  panels.flatMap((panel, i) => marksOf(panel, SIZE.height + i * PANEL.height, { x, step }));

function marksOf(panel: ChartPanel, top: number, { x, step }: Pick<Scales, "x" | "step">): string[] {
  const bottom = top + PANEL.bottom;
  // A ratio is mostly below one.
  const highest = drawable(ceilingOf(panel.points)) || 1;
  const lowest = drawable(floorOf(panel.points)) ?? 0;
  const scales = { x, step, y: scaleLinear([lowest, highest], [bottom, top + PANEL.top]).clamp(true) };
  const newest = drawable(panel.points.at(-1)?.observed);
  const [incident] = panel.incidents;
  return [
    ...gapMarks(panel.points, scales),
    ...shadesOf(panel.incidents, scales, { y: top + PANEL.top, height: PANEL.bottom - PANEL.top }),
    tag("line", { x1: PLOT.left, x2: PLOT.right, y1: bottom, y2: bottom, stroke: COLOUR.axis }),
    ...bandMarks(panel.points, scales),
    ...observedMarks(panel.points, scales),
    words(drawableTitle(panel.title, 40), { x: PLOT.left, y: top + 12, class: "strong" }),
    ...(incident ? [arrow(incident.direction, PLOT.left - 14, top + 8)] : []),
    ...(newest === undefined
      ? []
      : [words(shortCount(newest), { x: PLOT.right, y: top + 12, class: "clock" })]),
  ];
}

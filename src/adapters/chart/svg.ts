import type { ChartData } from "../../reports/chart.ts";
import { countLabels, countLines, dayLines, holidayBars, timeLabels } from "./axes.ts";
import { changeLines, changeName } from "./change-marks.ts";
import { heading, legend } from "./heading.ts";
import { incidentLines, incidentNames, incidentRings, incidentShades, namedCount } from "./incident-marks.ts";
import { COLOUR, PANEL, SIZE } from "./look.ts";
import { tag, words } from "./markup.ts";
import { panelMarks } from "./panels.ts";
import { scalesOf } from "./scales.ts";
import { bandMarks, gapMarks, observedMarks } from "./series-marks.ts";

const STYLE = `
text { font-family: Inter; font-size: 12px; }
.title { font-size: 14px; font-weight: 600; }
.clock { fill: ${COLOUR.faint}; text-anchor: end; }
.count { fill: ${COLOUR.faint}; text-anchor: end; }
.day { text-anchor: middle; }
.hour { fill: ${COLOUR.faint}; text-anchor: middle; }
.strong { font-weight: 600; }
.number { font-weight: 600; font-size: 13px; text-anchor: middle; paint-order: stroke; stroke: ${COLOUR.card}; stroke-width: 3px; stroke-linejoin: round; }
`;

/** The picture of a chart as SVG text; the same chart gives the same text. */
export function chartSvg(chart: ChartData): string {
  const { width } = SIZE;
  const height = SIZE.height + (chart.panels?.length ?? 0) * PANEL.height;
  const frame = { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 8 };
  const scales = scalesOf(chart);
  const isEmpty = chart.points.length === 0;
  const drawing = isEmpty
    ? [words("No data", { x: width / 2, y: height / 2, class: "day" })]
    : [
        ...gapMarks(chart.points, scales),
        ...incidentShades(chart, scales),
        ...countLines(scales),
        ...dayLines(chart, scales),
        ...bandMarks(chart.points, scales),
        ...observedMarks(chart.points, scales),
        ...incidentLines(chart, scales),
        ...incidentRings(chart, scales),
        ...changeLines(chart, scales),
        ...namedCount(chart, scales),
        ...changeName(chart, scales),
        ...incidentNames(chart, scales),
        ...countLabels(scales),
        ...timeLabels(chart, scales),
        ...holidayBars(chart, scales),
        legend(chart),
        ...panelMarks(chart, scales),
      ];
  return tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      fill: COLOUR.text,
    },
    tag("style", {}, STYLE),
    tag("defs", {}, HATCHING),
    tag("rect", { ...frame, fill: COLOUR.card, stroke: COLOUR.edge }),
    ...heading(chart),
    ...drawing,
  );
}

const HATCHING = tag(
  "pattern",
  { id: "unknown", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
  tag("rect", { width: 6, height: 6, fill: "#f4f6f8" }),
  tag("line", {
    x1: 0,
    x2: 0,
    y1: 0,
    y2: 6,
    stroke: COLOUR.unknown,
    "stroke-width": 1.4,
    "stroke-opacity": 0.55,
  }),
);

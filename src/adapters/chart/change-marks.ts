import type { ChartChange, ChartData } from "../../reports/chart.ts";
import { COLOUR, PLOT } from "./look.ts";
import { tag, words } from "./markup.ts";
import { drawableTitle } from "./names.ts";
import type { Scales } from "./scales.ts";

/** How many letters of a name fit beside its line, and how much room they take. */
const LETTERS = 18;
const LETTER = 6.5;

/** The middle of the diamonds: below the name of an incident. */
const TOP = PLOT.top + 8;

/** A dashed line down each product change and each send, with a diamond on its top. */
export const changeLines = ({ changes = [] }: ChartData, { x }: Scales): string[] =>
  changes.flatMap(({ time }) => {
    const at = Math.round(x(time) * 100) / 100;
    return [
      tag("path", {
        d: `M${at},${TOP + 5}V${PLOT.bottom}`,
        stroke: COLOUR.change,
        "stroke-width": 1.3,
        "stroke-dasharray": "2 3",
      }),
      tag("path", { d: `M${at},${TOP - 5}l5,5l-5,5l-5,-5Z`, fill: COLOUR.change }),
    ];
  });

/** The name of the newest of them, on the side of its line that has room. */
export function changeName({ changes = [] }: ChartData, { x }: Scales): string[] {
  const newest = changes.reduce<ChartChange | undefined>(
    (latest, change) => (latest && latest.time >= change.time ? latest : change),
    undefined,
  );
  const name = newest && drawableTitle([newest.name], LETTERS);
  if (!newest || !name) return [];
  const at = x(newest.time);
  const isRight = at + 9 + LETTER * name.length < PLOT.right;
  const place = { x: isRight ? at + 9 : at - 9 - LETTER * name.length, y: TOP + 4.3 };
  const halo = {
    "paint-order": "stroke",
    stroke: COLOUR.card,
    "stroke-width": 3,
    "stroke-linejoin": "round",
  };
  return [words(name, { ...place, ...halo, fill: COLOUR.change })];
}

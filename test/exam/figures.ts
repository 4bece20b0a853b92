import { quantileSorted } from "simple-statistics";
import type { Point, Sat } from "./curve.ts";
import { type ExamIncident, isActionable } from "./score.ts";

/** How many of the incidents that `holds` are found, such as `23/40 .58`; nothing where there are none. */
export function foundAmong(
  { scored }: Point,
  sat: readonly Sat[],
  holds: (incident: ExamIncident, volume: string) => boolean,
): string {
  const among = scored.flatMap(({ found }, i) =>
    found.filter(({ incident }) => holds(incident, sat[i]!.labels.vclass)),
  );
  const hits = among.filter(({ delays }) => delays.length > 0).length;
  return among.length === 0 ? "" : `${share(hits / among.length)} (${hits}/${among.length})`;
}

/** `.62` */
export const share = (value: number): string => value.toFixed(2).replace(/^0/, "");

const kinds: [string, (incident: ExamIncident) => boolean][] = [
  ["outage, −100%", ({ kind }) => kind === "outage"],
  ...[-0.7, -0.5, -0.3, -0.2].map((size): [string, (incident: ExamIncident) => boolean] => [
    `drop, −${Math.round(-100 * size)} %`,
    ({ kind, magnitude }) => kind === "drop" && magnitude === size,
  ]),
  ...[0.5, 1, 3].map((size): [string, (incident: ExamIncident) => boolean] => [
    `spike, +${100 * size} %`,
    ({ kind, magnitude }) => kind === "spike" && magnitude === size,
  ]),
  ["ramp", ({ kind }) => kind === "ramp"],
  ["shift of the level", ({ kind }) => kind === "shift"],
  ...[1, 3, 12, 48].map((length): [string, (incident: ExamIncident) => boolean] => [
    `${length} h`,
    ({ kind, hours }) => kind !== "ramp" && kind !== "shift" && hours === length,
  ]),
];

/** Found incidents by kind, size, duration and volume: all of them, and the actionable ones. */
export function breakdown(point: Point, sat: readonly Sat[]): string[][] {
  const rows = kinds.map(([name, holds]) => [
    name,
    foundAmong(point, sat, holds),
    foundAmong(point, sat, (incident) => holds(incident) && isActionable(incident)),
  ]);
  const volumes = ["<5", "5-50", "50-1000", ">1000"].map((volume) => [
    `${volume} sessions an hour`,
    foundAmong(point, sat, (_, own) => own === volume),
    foundAmong(point, sat, (incident, own) => own === volume && isActionable(incident)),
  ]);
  return [...rows, ...volumes];
}

/** Hours from the start of an incident to its first alert: the quantile of those found. */
export function delayAt({ scored }: Point, quantile: number): number {
  const first = scored.flatMap(({ found }) =>
    found.filter(({ delays }) => delays.length > 0).map(({ delays }) => Math.min(...delays)),
  );
  return first.length === 0
    ? Number.NaN
    : quantileSorted(
        first.toSorted((a, b) => a - b),
        quantile,
      );
}

/** Alerts in one direction for each change of level, while it is new: sorted. */
export const shiftAlerts = ({ scored }: Point): number[] =>
  scored
    .flatMap(({ found }) => found.filter(({ incident }) => incident.kind === "shift"))
    .map(({ delays, after }) => delays.length + after)
    .toSorted((a, b) => a - b);

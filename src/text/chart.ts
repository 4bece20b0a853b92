import type { Measured } from "../metrics/metrics.ts";
import type { ChartChange, ChartData, ChartIncident, ChartPanel, ChartPoint } from "../reports/chart.ts";
import { type Bucket, type Instant, stepOf, type Unit } from "../time/time.ts";
import { zoneOffset } from "../time/zone.ts";
import { amount, count, expectedRange, nounOf } from "./numbers.ts";

const clockFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const dayFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "short",
  day: "numeric",
  month: "short",
});

/** A bucket by the chart's own clock: `Tue 16 14:00`, a day as `Tue 16 Jun`. At most 20 characters. */
export function bucketWords(bucket: Bucket, { unit, zone }: Pick<ChartData, "unit" | "zone">): string {
  if (unit === "day") return dayFormat.format(bucket).replace(",", "");
  const local: Instant = bucket + zoneOffset(zone, bucket);
  return clockFormat.format(local).replaceAll(",", "");
}

/** The labels of a chart that the notifier draws itself, or of a row of bars. */
export const chartLabels = {
  counted: (chart: Pick<ChartData, "series">) => capital(nounOf(chart.series ?? {})),
  atLeast: "Expected at least",
  atMost: "Expected at most",
  /** What is counted, and of when. */
  span: ({ unit }: Pick<ChartData, "unit">, shown: number, isWhole: boolean) =>
    `, last ${shown}${isWhole ? "" : " known"} ${unit}s`,
  axis: ({ unit, zone }: Pick<ChartData, "unit" | "zone">) => (unit === "hour" ? `Hour (${zone})` : "Day"),
  again: (label: string) => `${label} again`,
  last: (shown: number, unit: Unit) => `Last ${shown} ${unit}s`,
  observedBars: (chart: Pick<ChartData, "series">) => nounOf(chart.series ?? {}),
  expectedBars: "expected",
} as const;

/** The alternative text of a chart, which a screen reader reads instead of the picture. */
export function chartWords(chart: ChartData): string {
  const { points, unit, zone, incidents, series = {} } = chart;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return `A chart without any ${nounOf(series)}.`;
  const clock = unit === "hour" ? ` (${zone})` : "";
  const span = `${bucketWords(first.bucket, chart)} to ${bucketWords(last.bucket, chart)}${clock}`;
  const unknown = points.filter(({ observed }) => observed === undefined).length;
  return [
    `Chart of ${nounOf(series)} by ${unit} with the expected range, ${span}.`,
    ...incidents.map((incident) => incidentWords(incident, chart)),
    `The last ${unit} has ${pointWords(last, series)}.`,
    ...(unknown > 0 ? [`${count(unknown)} of ${count(points.length)} ${unit}s are not known.`] : []),
    ...changesWords(
      "Changed",
      chart.changes?.filter(({ isSend }) => !isSend),
      chart,
    ),
    ...changesWords(
      "Sent",
      chart.changes?.filter(({ isSend }) => isSend),
      chart,
    ),
    ...(chart.holidays.length > 0 ? ["Holidays are marked."] : []),
    ...(chart.panels ?? []).map((panel) => panelWords(panel, chart)),
  ].join(" ");
}

const changesWords = (verb: string, changes: readonly ChartChange[] = [], chart: ChartData): string[] =>
  changes.length > 0 ? [`${verb}: ${changes.map((change) => changeWords(change, chart)).join(", ")}.`] : [];

/** `iOS 5.2 released (Tue 16 14:00)`. */
const changeWords = ({ name, time }: ChartChange, chart: ChartData): string =>
  `${name} (${bucketWords(chart.unit === "hour" ? time : time + zoneOffset(chart.zone, time), chart)})`;

/** `Below: Android. The last hour has 12, expected 1,105–1,382.` */
function panelWords({ title, points, series = {} }: ChartPanel, { unit }: ChartData): string {
  const last = points.at(-1);
  const counted = last ? ` The last ${unit} has ${pointWords(last, series)}.` : "";
  return `Below: ${title.join(" · ")}, ${nounOf(series)}.${counted}`;
}

function incidentWords({ direction, from, to }: ChartIncident, chart: ChartData): string {
  const within = chart.points.filter(
    ({ bucket, observed }) => bucket >= from && bucket <= to && observed !== undefined,
  );
  const sign = direction === "drop" ? 1 : -1;
  const furthest = within.toSorted((a, b) => sign * (a.observed! - b.observed!))[0];
  const span = lasting((to - from) / stepOf(chart.unit) + 1, chart.unit);
  const extreme = furthest
    ? `, ${direction === "drop" ? "lowest" : "highest"} with ${pointWords(furthest, chart.series ?? {})} at ${bucketWords(furthest.bucket, chart)}`
    : "";
  return `A ${direction} of ${span} from ${bucketWords(from, chart)}${extreme}.`;
}

const lasting = (buckets: number, unit: Unit): string =>
  `${count(buckets)} ${unit}${buckets === 1 ? "" : "s"}`;

function pointWords({ observed, low, high }: ChartPoint, series: Measured): string {
  if (observed === undefined) return "no known count";
  const expected =
    low === undefined
      ? ""
      : `, expected ${expectedRange({ low, ...(high !== undefined && { high }) }, series)}`;
  return `${amount(observed, series)}${expected}`;
}

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

import type { SeriesProfile } from "../../detector/detector.ts";
import { beganAt } from "../../incidents/incident.ts";
import type { Backtest } from "../../reports/backtest.ts";
import { type ChartData, runsOf } from "../../reports/chart.ts";
import { pointOf } from "../../reports/chart-data.ts";
import type { Rules } from "../../settings/watch.ts";
import { dayKindOf } from "../../time/calendar.ts";
import { stepOf } from "../../time/time.ts";
import type { CsvSeries } from "./csv.ts";

/** The buckets in the chart of a backtest: its last 8 weeks. */
const SHOWN = 1_344;

/** The last weeks of a backtest: the counts, the expected range, and the alerts. */
export function chartOfBacktest(
  name: string,
  { first, values }: CsvSeries,
  { evidence, incidents }: Backtest,
  { unit, zone, country }: SeriesProfile,
  rules: Rules,
): ChartData {
  const step = stepOf(unit);
  const begin = Math.max(0, values.length - SHOWN);
  const points = values
    .slice(begin)
    .map((observed, i) => pointOf(first + (begin + i) * step, observed, evidence[begin + i], rules));
  const from = first + begin * step;
  return {
    title: [name],
    unit,
    zone,
    points,
    incidents: incidents
      .filter(({ lastAnomalousBucket }) => lastAnomalousBucket >= from)
      .map((incident) => ({
        from: Math.max(from, beganAt(incident)),
        to: incident.lastAnomalousBucket,
        direction: incident.direction,
      })),
    holidays: runsOf(
      points.map(({ bucket }) => bucket),
      (bucket) => dayKindOf(bucket, unit, zone, country) === "holiday",
    ),
  };
}

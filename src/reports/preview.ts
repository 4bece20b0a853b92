import type { SeriesProfile } from "../detector/detector.ts";
import { beganAt } from "../incidents/incident.ts";
import type { Measured } from "../metrics/metrics.ts";
import type { Rules, Sensitivity } from "../settings/watch.ts";
import { DAY, HOUR, stepOf, WEEK } from "../time/time.ts";
import { replayIncidents } from "./backtest.ts";
import { type ChartData, denominatorAt, runsOf, sumsOf } from "./chart.ts";
import { pointOf } from "./chart-data.ts";
import { type ReplayInput, replayCooperatively } from "./replay.ts";
import type { CooperativeTask } from "./slices.ts";

/** An incident that a watch would have alerted about. */
export interface PreviewedIncident {
  readonly sensitivity: Sensitivity;
  readonly alerts: number;
  /** How many of them were, or became, critical. */
  readonly critical: number;
}

/** What a watch would have alerted about, before it exists. */
export interface Preview {
  /** The chart, with the expected range and the alerts that the watch would have had. */
  readonly chart: ChartData;
  readonly chosen: PreviewedIncident;
  /** The same at low, normal and high sensitivity, with equal other rules. */
  readonly others: readonly PreviewedIncident[];
  /** How many weeks of history are known, and how many could be evaluated. */
  readonly weeks: number;
  readonly evaluatedWeeks: number;
  /** Sessions of a typical bucket. */
  readonly usual: number;
}

/** The title of a preview, and which of its buckets are holidays. */
export interface PreviewFrame {
  readonly title: readonly string[];
  readonly series?: Measured;
  readonly isHoliday: (bucket: number) => boolean;
}

/** Replays a series' history with the rules of a watch, and at each named sensitivity; in slices. */
export function* previewCooperatively(
  { history, exclusions = [] }: ReplayInput,
  profile: SeriesProfile,
  rules: Rules,
  frame: PreviewFrame,
): CooperativeTask<Preview> {
  const { first, values, denominators } = history;
  const { evidence } = yield* replayCooperatively(
    { history, exclusions },
    profile,
    first,
    first - stepOf(profile.unit),
  );
  const replayed = replayIncidents(evidence, profile, rules);
  const perWeek = WEEK / stepOf(profile.unit);
  const points = evidence.map((seen, i) => ({
    ...pointOf(seen.bucket, values[i], seen, rules),
    ...denominatorAt(denominators, i),
  }));
  const others: PreviewedIncident[] = [];
  for (const sensitivity of ["low", "normal", "high"] as const) {
    yield;
    others.push(
      previewedIncidentOf(
        sensitivity,
        replayIncidents(evidence, profile, { ...rules, sensitivity }).incidents,
      ),
    );
  }
  return {
    chart: {
      title: frame.title,
      ...(frame.series && { series: frame.series }),
      unit: profile.unit,
      zone: profile.zone,
      points,
      incidents: replayed.incidents.map((incident) => ({
        direction: incident.direction,
        from: beganAt(incident),
        to: incident.lastAnomalousBucket,
      })),
      holidays: runsOf(
        points.map(({ bucket }) => bucket),
        frame.isHoliday,
      ),
    },
    chosen: previewedIncidentOf(rules.sensitivity, replayed.incidents),
    others,
    weeks: values.length / perWeek,
    evaluatedWeeks: replayed.evaluated / perWeek,
    usual: middleOf(values.filter((count) => count !== undefined)),
  };
}

/** The chart of a preview by the day: a substitute for an image must be small. */
export function summaryOf(chart: ChartData): ChartData {
  if (chart.unit === "day") return chart;
  const points = sumsOf(chart.points, DAY / HOUR).map(({ from, ...sum }) => ({
    bucket: Math.floor(from / DAY) * DAY,
    ...sum,
  }));
  return { ...chart, unit: "day", points };
}

const previewedIncidentOf = (
  sensitivity: Sensitivity,
  incidents: readonly { readonly severity: string }[],
): PreviewedIncident => ({
  sensitivity,
  alerts: incidents.length,
  critical: incidents.filter(({ severity }) => severity === "critical").length,
});

const middleOf = (counts: readonly number[]): number =>
  counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;

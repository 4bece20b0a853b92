import type { Unit } from "../time/time.ts";

/** Endpoints whose requests Braze counts together. */
export type Pool = "sessions" | "segments";

/** One thing that Braze counts: how it is read, and what people call it. */
export interface Metric {
  /** The endpoint of Braze's REST API. */
  readonly path: `/${string}/data_series`;
  /** The field of a row that holds the count. */
  readonly field: string;
  /** The endpoints whose requests Braze counts together. */
  readonly pool: Pool;
  /** The units that the endpoint knows. It is sent none if there is only one. */
  readonly units: readonly [Unit, ...Unit[]];
  /** What one is called, and many. */
  readonly noun: readonly [one: string, many: string];
}

/** What Tidewatch can watch. */
export const metrics = {
  sessions: {
    path: "/sessions/data_series",
    field: "sessions",
    pool: "sessions",
    units: ["hour", "day"],
    noun: ["session", "sessions"],
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

export const isMetric = (name: string): name is MetricName => Object.hasOwn(metrics, name);

/** The name of a series' metric: sessions if it names none. */
export const metricNameOf = ({ metric = "sessions" }: { readonly metric?: MetricName }): MetricName => metric;

/** The metric of a series. */
export const metricOf = (series: { readonly metric?: MetricName }): Metric => metrics[metricNameOf(series)];

import type { Unit } from "../time/time.ts";

/** Endpoints whose requests Braze counts together. */
export type Pool = "sessions" | "segments";

/** One thing that Braze counts: how it is read, and what people call it. */
export interface Metric {
  /** The endpoint of Braze's REST API. */
  readonly path: `/${string}/data_series`;
  /** The field of a row that holds the count. */
  readonly field: string;
  /** The permission that the API key needs. */
  readonly permission: string;
  /** The endpoints whose requests Braze counts together. */
  readonly pool: Pool;
  /** The units that the endpoint knows. It is sent none if there is only one. */
  readonly units: readonly [Unit, ...Unit[]];
  /** What the endpoint can be restricted to. */
  readonly filters: readonly ("app" | "segment")[];
  /** What one is called, and many. */
  readonly noun: readonly [one: string, many: string];
}

/** What Tidewatch can watch. */
export const metrics = {
  sessions: {
    path: "/sessions/data_series",
    field: "sessions",
    permission: "sessions.data_series",
    pool: "sessions",
    units: ["hour", "day"],
    filters: ["app", "segment"],
    noun: ["session", "sessions"],
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

export const isMetric = (name: string): name is MetricName => Object.hasOwn(metrics, name);

/** What is watched if no metric is named. */
export const DEFAULT_METRIC = "sessions" satisfies MetricName;

/** The metric of a series. */
export const metricOf = ({ metric = DEFAULT_METRIC }: { readonly metric?: MetricName }): Metric =>
  metrics[metric];

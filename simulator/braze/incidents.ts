import type { MetricName } from "../../src/metrics/metrics.ts";
import { HOUR, type Hour, type Instant } from "../../src/time/time.ts";

/** Which series something happens to; what is left out stands for all. */
export interface Target {
  readonly metric?: MetricName;
  readonly item?: string;
  readonly app?: string;
  readonly segment?: string;
}

/**
 * Something that happens to the counts: nothing at all comes in (outage), a share less (drop) or more (spike), a
 * change that grows hour by hour (ramp), or one that stays for good (shift). Refunds change revenue alone.
 *
 * An incident of an app shows in all its segments and in the sum of all apps; one of a segment only in the series of
 * that segment.
 */
export type ScriptedIncident = {
  readonly series: Target;
  readonly from: Instant;
} & (
  | { readonly kind: "outage"; readonly hours: number }
  /** @param size the share that is lost or added, above 0: a drop of 0.4 leaves 60%, a spike of 1.5 makes 250%. */
  | { readonly kind: "drop" | "spike"; readonly hours: number; readonly size: number }
  /** @param size the signed share at the end: -0.5 halves the counts. */
  | { readonly kind: "ramp"; readonly hours: number; readonly size: number }
  | { readonly kind: "shift"; readonly size: number }
  /** @param size how much money is paid back, as a share of what such an hour usually earns: above 1 more than is sold. */
  | { readonly kind: "refunds"; readonly hours: number; readonly size: number }
);

/** What is left of a count of a UTC hour, as a factor: incidents that overlap are multiplied. */
export const factorOf = (
  incidents: readonly ScriptedIncident[],
  app: string,
  series: Omit<Target, "app">,
  hour: Hour,
): number =>
  ofSeries(incidents, app, series).reduce(
    (factor, incident) => factor * Math.max(0, 1 + coverage(incident, hour) * changeAt(incident, hour)),
    1,
  );

/** The money of a UTC hour that is paid back, as a share of what is usually earned; overlapping refunds add up. */
export const refundedOf = (
  incidents: readonly ScriptedIncident[],
  app: string,
  series: Omit<Target, "app">,
  hour: Hour,
): number =>
  ofSeries(incidents, app, series).reduce(
    (sum, incident) => sum + (incident.kind === "refunds" ? coverage(incident, hour) * incident.size : 0),
    0,
  );

const ofSeries = (
  incidents: readonly ScriptedIncident[],
  app: string,
  { segment, metric = "sessions", item }: Omit<Target, "app">,
): readonly ScriptedIncident[] =>
  incidents
    .filter(({ series }) => series.metric === undefined || series.metric === metric)
    .filter(({ series }) => series.item === undefined || series.item === item)
    .filter(({ series }) => series.app === undefined || series.app === app)
    .filter(({ series }) => series.segment === undefined || series.segment === segment);

/** The share of the hour during which it happens. */
function coverage(incident: ScriptedIncident, hour: Hour): number {
  const until = incident.kind === "shift" ? Number.POSITIVE_INFINITY : incident.from + incident.hours * HOUR;
  return Math.max(0, Math.min(until, hour + HOUR) - Math.max(incident.from, hour)) / HOUR;
}

function changeAt(incident: ScriptedIncident, hour: Hour): number {
  switch (incident.kind) {
    case "outage":
      return -1;
    case "drop":
      return -incident.size;
    case "spike":
    case "shift":
      return incident.size;
    // They take nothing from what is counted.
    case "refunds":
      return 0;
    case "ramp":
      return incident.size * Math.min(1, ((hour - incident.from) / HOUR + 1) / incident.hours);
  }
}

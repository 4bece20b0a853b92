import { isMetric, type MetricName, metricNameOf } from "../metrics/metrics.ts";
import type { Bucket, Unit } from "../time/time.ts";

/** A query to Braze: a metric of one app (or all) and one segment (or all) of a workspace. */
export interface SeriesRef {
  /** The configured name of the Braze workspace. */
  readonly workspace: string;
  /** What is counted. @default "sessions" */
  readonly metric?: MetricName;
  /** Braze `app_id`; left out: all apps of the workspace. */
  readonly app?: string;
  /** Braze `segment_id`; left out: everybody. */
  readonly segment?: string;
  readonly unit: Unit;
}

/** One bucket and its count. */
export interface Point {
  readonly bucket: Bucket;
  readonly value: number;
}

/** The largest count that fits: 32 bits, less the value for "missing". */
export const HIGHEST_COUNT = 0xffff_fffe;

/**
 * Names a series, so that all watches on it share its fetch and history.
 * @example seriesId({ workspace: "main", app: "ios-id", unit: "hour" }); // => "main.ios-id.all.hour"
 */
export function seriesId(series: SeriesRef): string {
  const { workspace, app = "all", segment = "all", unit } = series;
  const metric = metricNameOf(series);
  return [workspace, app, segment, unit, ...(metric === "sessions" ? [] : [metric])].join(".");
}

/** Parses a series id. Throws when it is none. */
export function seriesRef(id: string): SeriesRef {
  const [workspace, app, segment, unit, metric] = id.split(".");
  const isKnown = metric === undefined || isMetric(metric);
  if (!workspace || !app || !segment || (unit !== "hour" && unit !== "day") || !isKnown) {
    throw new Error(`${id} does not name a series`);
  }
  return {
    workspace,
    ...(app !== "all" && { app }),
    ...(segment !== "all" && { segment }),
    unit,
    ...(metric !== undefined && { metric }),
  };
}

/** Whether `part` is a proper subset of `whole`. */
export const isPartOf = (part: SeriesRef, whole: SeriesRef): boolean =>
  part.workspace === whole.workspace &&
  metricNameOf(part) === metricNameOf(whole) &&
  (whole.app === undefined || whole.app === part.app) &&
  (whole.segment === undefined || whole.segment === part.segment) &&
  (whole.app !== part.app || whole.segment !== part.segment);

/** How broad a series is: 2 for a whole workspace, 0 for a segment of one app. */
export const breadthOf = ({ app, segment }: SeriesRef): number =>
  (app === undefined ? 1 : 0) + (segment === undefined ? 1 : 0);

/** The characters allowed in a name or an id from Braze; a dot would break `seriesId`. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

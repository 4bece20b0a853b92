import { isMetric, type MetricName, metricNameOf } from "../metrics/metrics.ts";
import type { Bucket, Unit } from "../time/time.ts";

/** A query to Braze: a metric of one app (or all) and one segment (or everybody) of a workspace. */
export interface SeriesRef {
  /** The configured name of the Braze workspace. */
  readonly workspace: string;
  /** What is counted. @default "sessions" */
  readonly metric?: MetricName;
  /** The name of the custom event or the product; left out: all products, or a metric that has none. */
  readonly item?: string;
  /** Braze `app_id`; left out: all apps of the workspace. */
  readonly app?: string;
  /** Braze `segment_id`; left out: everybody. */
  readonly segment?: string;
  readonly unit: Unit;
}

/** What a series counts. */
export type Counted = Pick<SeriesRef, "metric" | "item">;

/** One bucket and its value. */
export interface Point {
  readonly bucket: Bucket;
  readonly value: number;
}

/** The largest count that fits: 32 bits, less the value for "missing". */
export const HIGHEST_COUNT = 0xffff_fffe;

/** The largest amount of money, and the largest level; beyond it, cents are lost. */
export const HIGHEST_VALUE = 1e13;

/**
 * Names a series, so that all watches on it share its fetch and history.
 * @example seriesId({ workspace: "main", app: "ios-id", unit: "hour" }); // => "main.ios-id.all.hour"
 * @example seriesId({ workspace: "main", metric: "events", item: "Sign up", unit: "hour" }); // => "main.all.all.hour.events.Sign%20up"
 */
export function seriesId(series: SeriesRef): string {
  const { workspace, app = "all", segment = "all", unit, item } = series;
  const metric = metricNameOf(series);
  const counted = metric === "sessions" ? [] : [metric, ...(item === undefined ? [] : [encoded(item)])];
  return [workspace, app, segment, unit, ...counted].join(".");
}

/** Parses a series id. Throws when it is none. */
export function seriesRef(id: string): SeriesRef {
  const [workspace, app, segment, unit, metric, encodedItem] = id.split(".");
  const isKnown = metric === undefined || isMetric(metric);
  const item = encodedItem === undefined ? undefined : decoded(encodedItem);
  if (!workspace || !app || !segment || (unit !== "hour" && unit !== "day") || !isKnown || item === "") {
    throw new Error(`${id} does not name a series`);
  }
  return {
    workspace,
    ...(metric !== undefined && { metric }),
    ...(item !== undefined && { item }),
    ...(app !== "all" && { app }),
    ...(segment !== "all" && { segment }),
    unit,
  };
}

// An id holds no dot, colon, blank or brace of a name: they divide ids, jobs, lists and the keys of Redis.
const encoded = (item: string): string =>
  encodeURIComponent(item).replace(
    /[.!~*'()]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function decoded(item: string): string {
  try {
    return decodeURIComponent(item);
  } catch {
    return "";
  }
}

/** Whether `part` is a proper subset of `whole`. */
export const isPartOf = (part: SeriesRef, whole: SeriesRef): boolean =>
  part.workspace === whole.workspace &&
  metricNameOf(part) === metricNameOf(whole) &&
  (whole.item === undefined || whole.item === part.item) &&
  (whole.app === undefined || whole.app === part.app) &&
  (whole.segment === undefined || whole.segment === part.segment) &&
  (whole.app !== part.app || whole.segment !== part.segment || whole.item !== part.item);

/** How broad a series is: 2 for a whole workspace, 0 for a segment of one app. */
export const breadthOf = ({ app, segment }: SeriesRef): number =>
  (app === undefined ? 1 : 0) + (segment === undefined ? 1 : 0);

/** The characters allowed in a name or an id from Braze; a dot would break `seriesId`. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** The longest name of a custom event or product in Braze. */
const LONGEST_ITEM = 255;

/** Whether a text can be the name of a custom event or a product. */
export const isItemName = (text: string): boolean =>
  text.length <= LONGEST_ITEM && text.trim() !== "" && text.isWellFormed() && !/\p{Cc}/u.test(text);

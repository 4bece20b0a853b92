import { type Counted, isMetric, type Measured, metricNameOf } from "../metrics/metrics.ts";
import type { Bucket, Unit } from "../time/time.ts";

/**
 * A metric, or a ratio of two, of one app (or all) and one segment (or everybody) of a workspace. A metric is a query to
 * Braze; a ratio is made from its parts, two series of the same app, segment and unit.
 */
export interface SeriesRef extends Measured {
  /** The configured name of the Braze workspace. */
  readonly workspace: string;
  /** Braze `app_id`; left out: all apps of the workspace. */
  readonly app?: string;
  /** Braze `segment_id`; left out: everybody. */
  readonly segment?: string;
  readonly unit: Unit;
}

/** One bucket and its value. */
export interface Point {
  readonly bucket: Bucket;
  readonly value: number;
  /** What the value was divided by, in a ratio. */
  readonly denominator?: number;
}

/** The largest count that fits: 32 bits, less the value for "missing". */
export const HIGHEST_COUNT = 0xffff_fffe;

/** The largest amount of money, and the largest level; beyond it, cents are lost. */
export const HIGHEST_VALUE = 1e13;

/**
 * Names a series, so that all watches on it share its fetch and history.
 * @example seriesId({ workspace: "main", app: "ios-id", unit: "hour" }); // => "main.ios-id.all.hour"
 * @example seriesId({ workspace: "main", metric: "events", item: "Sign up", unit: "hour" }); // => "main.all.all.hour.events.Sign%20up"
 * @example seriesId({ workspace: "main", metric: "purchases", per: {}, unit: "hour" }); // => "main.all.all.hour.purchases/sessions"
 */
export function seriesId(series: SeriesRef): string {
  const { workspace, app = "all", segment = "all", unit, per } = series;
  const of = [workspace, app, segment, unit];
  if (per) return `${[...of, nameOf(series)].join(".")}/${nameOf(per)}`;
  return [...of, ...(metricNameOf(series) === "sessions" ? [] : [nameOf(series)])].join(".");
}

/** Parses a series id. Throws when it is none. */
export function seriesRef(id: string): SeriesRef {
  const [over = "", under, ...more] = id.split("/");
  const [workspace, app, segment, unit, ...name] = over.split(".");
  const counted = countedBy(name);
  const per = under === undefined ? undefined : countedBy(under.split("."));
  const isKnown = counted && (under === undefined || (per?.metric && counted.metric)) && more.length === 0;
  if (!workspace || !app || !segment || (unit !== "hour" && unit !== "day") || !isKnown) {
    throw new Error(`${id} does not name a series`);
  }
  return {
    workspace,
    ...counted,
    ...(per && { per }),
    ...(app !== "all" && { app }),
    ...(segment !== "all" && { segment }),
    unit,
  };
}

/** What is counted, in an id. */
const nameOf = (counted: Counted): string =>
  [metricNameOf(counted), ...(counted.item === undefined ? [] : [encoded(counted.item)])].join(".");

/** What a part of an id says is counted: sessions if it says nothing; undefined if it cannot be read. */
function countedBy([metric, encodedItem]: readonly string[]): Counted | undefined {
  if (metric === undefined) return {};
  const item = encodedItem === undefined ? undefined : decoded(encodedItem);
  if (!isMetric(metric) || item === "") return undefined;
  return { metric, ...(item !== undefined && { item }) };
}

// An id holds no dot, slash, colon, blank or brace of a name: they divide ids, jobs, lists and the keys of Redis.
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

/** Whether `part` is a proper subset of `whole`; a ratio is a subset of none. */
export const isPartOf = (part: SeriesRef, whole: SeriesRef): boolean =>
  part.workspace === whole.workspace &&
  metricNameOf(part) === metricNameOf(whole) &&
  part.per === undefined &&
  whole.per === undefined &&
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

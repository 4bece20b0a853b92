import type { Bucket, Unit } from "../time/time.ts";

/** A query to Braze: sessions of one app (or all) and one segment (or all) of a workspace. */
export interface SeriesRef {
  /** The configured name of the Braze workspace. */
  readonly workspace: string;
  /** Braze `app_id`; left out: all apps of the workspace. */
  readonly app?: string;
  /** Braze `segment_id`; left out: everybody. */
  readonly segment?: string;
  readonly unit: Unit;
}

/** One bucket and the sessions that began in it. */
export interface Point {
  readonly bucket: Bucket;
  readonly sessions: number;
}

/** The largest count that fits: 32 bits, less the value for "missing". */
export const MOST_SESSIONS = 0xffff_fffe;

/**
 * Names a series, so that all watches on it share its fetch and history.
 * @example seriesId({ workspace: "main", app: "ios-id", unit: "hour" }); // => "main.ios-id.all.hour"
 */
export const seriesId = ({ workspace, app, segment, unit }: SeriesRef): string =>
  [workspace, app ?? "all", segment ?? "all", unit].join(".");

/** Parses a series id. Throws when it is none. */
export function seriesRef(id: string): SeriesRef {
  const [workspace, app, segment, unit] = id.split(".");
  if (!workspace || !app || !segment || (unit !== "hour" && unit !== "day")) {
    throw new Error(`${id} does not name a series`);
  }
  return {
    workspace,
    ...(app !== "all" && { app }),
    ...(segment !== "all" && { segment }),
    unit,
  };
}

/** Whether `part` is a proper subset of `whole`. */
export const isPartOf = (part: SeriesRef, whole: SeriesRef): boolean =>
  part.workspace === whole.workspace &&
  (whole.app === undefined || whole.app === part.app) &&
  (whole.segment === undefined || whole.segment === part.segment) &&
  (whole.app !== part.app || whole.segment !== part.segment);

/** How broad a series is: 2 for a whole workspace, 0 for a segment of one app. */
export const breadthOf = ({ app, segment }: SeriesRef): number =>
  (app === undefined ? 1 : 0) + (segment === undefined ? 1 : 0);

/** The characters allowed in a name or an id from Braze; a dot would break `seriesId`. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

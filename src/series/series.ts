import type { Bucket, Unit } from "../time/time.ts";

/** What Braze is asked for: sessions of one app (or all) and one segment (or all) of a workspace. */
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

/** The most sessions of one bucket that can be kept: a count of 32 bits, less the one that stands for "missing". */
export const MOST_SESSIONS = 0xffff_fffe;

/**
 * Names a series, the same for every watch that looks at it, so that they share the fetch and the history.
 * @example seriesId({ workspace: "main", app: "ios-id", unit: "hour" }); // => "main.ios-id.all.hour"
 */
export const seriesId = ({ workspace, app, segment, unit }: SeriesRef): string =>
  [workspace, app ?? "all", segment ?? "all", unit].join(".");

/** Reads a series' name back. Throws when it does not name a series. */
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

/** Whether every session of the one is a session of the other as well, and both are not the same. */
export const isPartOf = (part: SeriesRef, whole: SeriesRef): boolean =>
  part.workspace === whole.workspace &&
  (whole.app === undefined || whole.app === part.app) &&
  (whole.segment === undefined || whole.segment === part.segment) &&
  (whole.app !== part.app || whole.segment !== part.segment);

/** How much a series takes in: 2 for all of a workspace, 0 for a segment of one app. */
export const breadthOf = ({ app, segment }: SeriesRef): number =>
  (app === undefined ? 1 : 0) + (segment === undefined ? 1 : 0);

/** What a name or an id from Braze may look like; a dot would break `seriesId`. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

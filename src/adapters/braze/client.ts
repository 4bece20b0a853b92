import { PermanentError } from "../../errors.ts";
import { brazeMetricOf } from "../../metrics/metrics.ts";
import { unreadable } from "../../series/readable.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import type { Instant } from "../../time/time.ts";
import { type Row, rowsOf } from "./answers/answer.ts";
import { type BrazeOptions, brazeConnection, type GetBraze } from "./connection.ts";

/** One request's worth of a series: `length` buckets up to the one `endingAt` lies in. */
export interface Window {
  readonly endingAt: Instant;
  /** 1 to 100, or the most that the endpoint gives. */
  readonly length: number;
}

/** Asks Braze once for a stretch of a series. */
export type AskBraze = (series: SeriesRef, window: Window) => Promise<Row[]>;

/** Reads rows of a workspace's series. Throws PermanentError for a bad address. */
export function brazeClient(options: BrazeOptions, get: GetBraze = brazeConnection(options)): AskBraze {
  return async (series, window) => {
    refuseStranger(series, options.name);
    refuseUnreadable(series);
    const metric = brazeMetricOf(series);
    return rowsOf(await get(metric.path, queryOf(series, window)), metric);
  };
}

/** The parameters that the endpoint of the series' metric knows, and no other: Braze may ignore them, or refuse. */
function queryOf(series: SeriesRef, { endingAt, length }: Window): Readonly<Record<string, string>> {
  const { units, item: named, options } = brazeMetricOf(series);
  const { app, segment, unit, item } = series;
  return {
    ...(named && item !== undefined && { [named.query ?? named.parameter]: item }),
    length: String(length),
    // What an endpoint does with a unit that it does not know is documented nowhere.
    ...(units.length > 1 && { unit }),
    ending_at: new Date(endingAt).toISOString().replace(".000Z", "Z"),
    ...(app && { app_id: app }),
    ...(segment && { segment_id: segment }),
    ...options,
  };
}

// After a workspace was renamed, its old series would be read with the key of another.
function refuseStranger(series: SeriesRef, name: string): void {
  if (series.workspace !== name) throw unknownWorkspace(series.workspace, seriesId(series));
}

// Without the part that its endpoint does not know, Braze would count something else.
function refuseUnreadable(series: SeriesRef): void {
  const problem = series.per ? "Braze has no ratios. Their parts are read" : unreadable(series)?.problem;
  if (problem === undefined) return;
  throw new PermanentError(`Braze was not asked for ${seriesId(series)}: ${problem}`, {
    failure: "braze-bad-request",
    advice: "Edit or remove the watches of this series (npm run watch -- list).",
  });
}

/** The error for a workspace that is not configured, or no longer. */
export const unknownWorkspace = (workspace: string, what: string): PermanentError =>
  new PermanentError(`${what} cannot be read: the workspace "${workspace}" is not configured`, {
    failure: "braze-unknown-workspace",
    advice: `Name ${workspace} in BRAZE_WORKSPACE again, with its key, or remove its watches (npm run watch -- list).`,
  });

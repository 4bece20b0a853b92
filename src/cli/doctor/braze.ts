import type { Row } from "../../adapters/braze/answers/answer.ts";
import { instantsOf } from "../../adapters/braze/answers/time-text.ts";
import { type AskBraze, brazeClient } from "../../adapters/braze/client.ts";
import { instances } from "../../adapters/braze/endpoint.ts";
import { quotaOf } from "../../adapters/braze/quota.ts";
import { brazeSegments } from "../../adapters/braze/segments.ts";
import { MAX_LENGTH, newestWindow } from "../../adapters/braze/window.ts";
import type { Config } from "../../config/config.ts";
import type { WorkspaceConfig } from "../../config/workspaces.ts";
import { PermanentError, TransientError } from "../../errors.ts";
import { metricOf } from "../../metrics/metrics.ts";
import type { Clock } from "../../pipeline/ports/clock.ts";
import type { SeriesStore } from "../../pipeline/ports/series.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import { dayZoneOf } from "../../series/workspace.ts";
import { DAY, hourOf, type Instant, WEEK } from "../../time/time.ts";
import { examplesOf } from "./examples.ts";
import { failureResult } from "./failure.ts";
import { hoursResults } from "./hours.ts";
import { lateResult } from "./late.ts";
import { companyZoneResults, metricResults } from "./metrics.ts";
import { type CheckResult, failureFrom, note, passed, resultsOf } from "./result.ts";
import { sendResults } from "./sends.ts";

/** The series to request, and what the bot stored of it. */
export interface BrazeSubject {
  readonly series: SeriesRef;
  /** All series of the workspace that are watched. */
  readonly watched?: readonly SeriesRef[];
  readonly stored?: Pick<SeriesStore, "read">;
  readonly clock: Clock;
}

/** Whether the key is valid for this instance and may read what is watched, and what the responses show. */
export async function checkBraze(
  workspace: WorkspaceConfig,
  { timing }: Pick<Config, "timing">,
  { series, watched = [], stored, clock }: BrazeSubject,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  let quota: ReturnType<typeof quotaOf>;
  const ask = brazeClient({
    ...workspace,
    clock,
    onAnswer: ({ headers }) => {
      quota = quotaOf(headers);
    },
  });
  try {
    const now = clock();
    const zoneOf = (one: SeriesRef) => (one.unit === "day" ? dayZoneOf(one, workspace) : workspace.naiveZone);
    const rows = await ask(series, { ...newestWindow(now), length: MAX_LENGTH });
    // An error of Redis is reported by the check of Redis.
    const known = await stored?.read(seriesId(series)).catch(() => undefined);
    const seen = { rows, now, naiveZone: workspace.naiveZone };
    results.push(
      passed(
        `the key is right at ${placeOf(workspace.endpoint)}, and may read ${metricOf(series).title.toLowerCase()}`,
      ),
      quotaResult(quota, workspace.quotaReserve),
      ...hoursResults({ ...seen, ...workspace, asked: MAX_LENGTH }),
      lateResult({ ...seen, stored: known, trailing: timing.trailing }),
    );
    results.push(await edgeResult(ask, series, now, workspace.naiveZone));
    results.push(await historyResult(ask, series, now));
    results.push(await segmentsResult(workspace, clock));
    const examples = examplesOf(workspace, clock);
    results.push(...(await metricResults(ask, watched, series, examples, { clock, zoneOf })));
    results.push(...(await companyZoneResults(workspace, clock)));
    results.push(...(await sendResults(workspace, examples, clock)));
  } catch (error) {
    results.push(...refusalResults(error, workspace.name, clock()));
  }
  return results;
}

function refusalResults(error: unknown, workspace: string, now: Instant): CheckResult[] {
  if (!(error instanceof PermanentError || error instanceof TransientError)) return [failureResult(error)];
  const failures = new Map([[workspace, failureFrom(error, now)]]);
  return resultsOf("braze", { series: [{ workspace }], failures }, error instanceof TransientError);
}

function placeOf(endpoint: string): string {
  const { host } = new URL(endpoint);
  const known = instances.find(({ rest }) => rest === host);
  return known ? `${known.name} (${host})` : host;
}

function quotaResult(quota: ReturnType<typeof quotaOf>, reserve: number): CheckResult {
  if (!quota) return note("Braze does not report the remaining requests of the hour");
  const { limit, remaining } = quota;
  const what = `${remaining} of ${limit} requests are left of this hour`;
  if (remaining >= limit * reserve) return passed(what);
  return note(
    `${what}: below the reserve, so nothing is read until the hour is over`,
    "Find out what else uses the workspace's API, or lower BRAZE_QUOTA_RESERVE.",
  );
}

/** Requests with `ending_at` on the edge of two hours, where Braze's documentation does not say which hour it means. */
async function edgeResult(
  ask: AskBraze,
  series: SeriesRef,
  now: Instant,
  zone: string,
): Promise<CheckResult> {
  const edge = hourOf(now) - DAY;
  const rows = await ask(series, { endingAt: edge, length: 2 });
  const newest = Math.max(...rows.flatMap((row) => newestOf(row, zone)));
  if (rows.length === 0)
    return note("an ending_at on the hour returns no hour; Tidewatch never asks that way");
  const isIncluded = hourOf(newest) === edge;
  return passed(
    `an ending_at on the edge of two hours ${isIncluded ? "includes" : "leaves out"} the one that begins there; Tidewatch never asks so`,
  );
}

const newestOf = ({ time }: Row, zone: string): number[] => (instantsOf(time, zone) ?? []).slice(0, 1);

/** Whether segments can be chosen by name. This is a convenience, so its absence is not an error. */
async function segmentsResult(workspace: WorkspaceConfig, clock: Clock): Promise<CheckResult> {
  try {
    const segments = await brazeSegments({ ...workspace, clock })();
    const tracked = segments.filter(({ isTracked }) => isTracked).length;
    return passed(`the key may list segments: ${segments.length}, of which ${tracked} are tracked`);
  } catch (error) {
    if (!(error instanceof PermanentError) || error.failure !== "braze-no-permission") throw error;
    return note("the key may not list segments (segments.list), so their ids are pasted", error.advice);
  }
}

async function historyResult(ask: AskBraze, series: SeriesRef, now: Instant): Promise<CheckResult> {
  const rows = await ask(series, { ...newestWindow(now - 8 * WEEK), length: 24 });
  if (rows.some(({ value = 0 }) => value > 0)) return passed("hours go back eight weeks, all that is wanted");
  return note("Braze has no data from eight weeks ago, so it takes longer until hours can be evaluated well");
}

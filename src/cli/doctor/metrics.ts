import type { AskBraze } from "../../adapters/braze/client.ts";
import { brazeCompanyZone } from "../../adapters/braze/company-zone.ts";
import { newestWindow } from "../../adapters/braze/window.ts";
import type { WorkspaceConfig } from "../../config/workspaces.ts";
import { PermanentError } from "../../errors.ts";
import { metricNameOf, metricOf, metricTitle } from "../../metrics/metrics.ts";
import type { Clock } from "../../pipeline/ports/clock.ts";
import type { SeriesRef } from "../../series/series.ts";
import { type CheckResult, failed, note, passed } from "./result.ts";

/** Whether the key may read each metric that is watched; the metric that was asked for already is left out. */
export async function metricResults(
  ask: AskBraze,
  watched: readonly SeriesRef[],
  asked: SeriesRef,
  clock: Clock,
): Promise<CheckResult[]> {
  const byMetric = Map.groupBy(watched, metricNameOf);
  byMetric.delete(metricNameOf(asked));
  const results: CheckResult[] = [];
  for (const [one] of byMetric.values()) results.push(await metricResult(ask, one!, clock));
  return results;
}

/** Anything but a clear refusal is for the check of the workspace to tell. */
async function metricResult(ask: AskBraze, series: SeriesRef, clock: Clock): Promise<CheckResult> {
  const what = metricOf(series).title.toLowerCase();
  try {
    const rows = await ask(series, newestWindow(clock()));
    if (rows.length > 0) return passed(`the key may read ${what}`);
    return note(
      `the key may read ${what}, but Braze has no numbers of ${metricTitle(series)}`,
      "Nothing to do if it is new. Otherwise check in Braze that it still exists and is counted.",
    );
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return failed(`${what} cannot be read: ${error.message}`, error.advice);
  }
}

/** Whether days are counted by the company's clock; nothing if no day series is watched. */
export async function companyZoneResults(
  workspace: WorkspaceConfig,
  watched: readonly SeriesRef[],
  clock: Clock,
): Promise<CheckResult[]> {
  if (!watched.some(({ unit }) => unit === "day")) return [];
  const { zone, companyZone = zone } = workspace;
  const unseen = `days are counted by the clock of ${companyZone}`;
  const advice =
    "Compare it with the time zone of your company in Braze (Settings → Company Settings), and set BRAZE_COMPANY_TIME_ZONE if they differ.";
  try {
    const found = await brazeCompanyZone({ ...workspace, clock })();
    if (found === undefined) return [note(unseen, advice)];
    if (found === companyZone) return [passed(`${unseen}, as Braze does`)];
    return [
      failed(
        `days are counted by the clock of ${companyZone}, but Braze counts them by that of ${found}`,
        `Set BRAZE_COMPANY_TIME_ZONE=${found}.`,
      ),
    ];
  } catch (error) {
    if (!(error instanceof PermanentError) || error.failure !== "braze-no-permission") throw error;
    return [
      note(`${unseen}; the key may not read the company's time zone (messages.schedule_broadcasts)`, advice),
    ];
  }
}

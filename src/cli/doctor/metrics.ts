import type { Row } from "../../adapters/braze/answers/answer.ts";
import { dateOf, instantsOf } from "../../adapters/braze/answers/time-text.ts";
import type { AskBraze } from "../../adapters/braze/client.ts";
import { brazeCompanyZone } from "../../adapters/braze/company-zone.ts";
import { MAX_LENGTH, newestWindow } from "../../adapters/braze/window.ts";
import type { WorkspaceConfig } from "../../config/workspaces.ts";
import { PermanentError } from "../../errors.ts";
import {
  brazeMetricOf,
  type MetricName,
  metricNameOf,
  metricNames,
  metricOf,
  metricTitle,
} from "../../metrics/metrics.ts";
import type { Clock } from "../../pipeline/ports/clock.ts";
import { partsOf } from "../../series/ratio.ts";
import type { SeriesRef } from "../../series/series.ts";
import { hourOf, type Instant, stepOf, type Unit } from "../../time/time.ts";
import type { Examples } from "./examples.ts";
import { type CheckResult, failed, note, passed } from "./result.ts";

/** What else a check of metrics needs: the time, and by whose clock the buckets of a series are cut. */
export interface MetricCheck {
  readonly clock: Clock;
  readonly zoneOf: (series: SeriesRef) => string;
}

/**
 * For each metric that is watched: whether the key may read it, whether zeros are filled, by whose clock, and how old the
 * newest bucket is; the same for one metric of each other endpoint. The metric that was asked for already is left out.
 */
export async function metricResults(
  ask: AskBraze,
  watched: readonly SeriesRef[],
  asked: SeriesRef,
  examples: Examples,
  check: MetricCheck,
): Promise<CheckResult[]> {
  const ofParts = watched.flatMap((series) => partsOf(series) ?? [series]);
  const byMetric = Map.groupBy(ofParts, metricNameOf);
  const isAsked = byMetric.delete(metricNameOf(asked)) || ofParts.length === 0;
  const results: CheckResult[] = [];
  for (const [one] of byMetric.values()) results.push(await metricResult(ask, one!, check));
  const known = new Set([...byMetric.keys(), ...(isAsked ? [metricNameOf(asked)] : [])].map(pathOf));
  const others = Map.groupBy(metricNames, pathOf);
  for (const [path, [metric]] of others)
    if (!known.has(path)) results.push(await unwatchedResult(ask, asked.workspace, metric!, examples, check));
  return results;
}

const pathOf = (metric: MetricName): string => brazeMetricOf({ metric }).path;

/** One that nobody watches is read for the first segment, event or campaign of a list; what is missing is worth a note. */
async function unwatchedResult(
  ask: AskBraze,
  workspace: string,
  metric: MetricName,
  examples: Examples,
  check: MetricCheck,
): Promise<CheckResult> {
  const { item, permission, title } = brazeMetricOf({ metric });
  const what = item?.isId ? `the numbers of ${item.field}` : title.toLowerCase();
  try {
    const example = await examples(metric);
    if (example === undefined)
      return note(`${what} were not tried: Braze lists no ${item?.noun ?? "segment that is tracked"}`);
    const { units } = metricOf({ metric });
    const series = { workspace, ...(metric !== "sessions" && { metric }), ...example.of, unit: units[0] };
    return await answerResult(ask, series, `${what}${example.called}`, check);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    if (error.failure !== "braze-no-permission")
      return note(`${what} cannot be watched: ${error.message}`, error.advice);
    const missing = /permission (\S+\.\w+)/.exec(error.message)?.[1] ?? permission;
    return note(`${what} cannot be watched with this key: ${missing} is missing`);
  }
}

/** Anything but a clear refusal is for the check of the workspace to tell. */
async function metricResult(ask: AskBraze, series: SeriesRef, check: MetricCheck): Promise<CheckResult> {
  const what = metricOf(series).title.toLowerCase();
  try {
    return await answerResult(ask, series, what, check);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return failed(`${what} cannot be read: ${error.message}`, error.advice);
  }
}

/** What a whole answer shows. @param what how it is called */
async function answerResult(
  ask: AskBraze,
  series: SeriesRef,
  what: string,
  { clock, zoneOf }: MetricCheck,
): Promise<CheckResult> {
  const { longest = MAX_LENGTH } = brazeMetricOf(series);
  const [now, zone] = [clock(), zoneOf(series)];
  const rows = await ask(series, { ...newestWindow(now), length: longest });
  if (rows.length > 0)
    return passed(
      `the key may read ${what}; ${[filling, delay].map((of) => of(rows, series.unit, zone, now)).join("; ")}, by the clock of ${zone}`,
    );
  return note(
    `the key may read ${what}, but Braze has no numbers of ${metricTitle(series)}`,
    "Nothing to do if it is new. Otherwise check in Braze that it still exists and is counted.",
  );
}

/** Where the buckets of an answer begin, in order; a time that cannot be read has none. */
const bucketsOf = (rows: readonly Row[], unit: Unit, zone: string): number[] =>
  rows
    .flatMap(({ time }) => (unit === "day" ? dateOf(time, zone) : instantsOf(time, zone)?.[0]) ?? [])
    .sort((a, b) => a - b);

/** Whether empty buckets are in the answer as zero. */
function filling(rows: readonly Row[], unit: Unit, zone: string): string {
  const buckets = bucketsOf(rows, unit, zone);
  const gaps = buckets
    .slice(1)
    .reduce((sum, bucket, i) => sum + Math.max(0, Math.round((bucket - buckets[i]!) / stepOf(unit)) - 1), 0);
  if (gaps > 0) return `${gaps} ${unit}s between others are left out, and count as missing`;
  return rows.some(({ value }) => value === 0)
    ? `empty ${unit}s are returned as zero`
    : `no ${unit} was empty, so it is unknown whether Braze leaves out empty ones`;
}

/** How long ago the newest bucket began. */
function delay(rows: readonly Row[], unit: Unit, zone: string, now: Instant): string {
  const newest = bucketsOf(rows, unit, zone).at(-1);
  if (newest === undefined) return "when its newest numbers are of cannot be read";
  const today = unit === "day" ? dateOf(new Date(now).toISOString(), zone)! : hourOf(now);
  const late = Math.round((today - newest) / stepOf(unit));
  if (late <= 0) return `the ${unit} in progress is in the answer`;
  return late === 1
    ? `the newest ${unit} is the last one that is over`
    : `the newest ${unit} is ${late} ${unit}s old`;
}

/** Whether days are counted by the company's clock. */
export async function companyZoneResults(workspace: WorkspaceConfig, clock: Clock): Promise<CheckResult[]> {
  const { zone, companyZone = zone } = workspace;
  const unseen = `days are counted by the clock of ${companyZone}`;
  const advice =
    "Compare it with the time zone of your company in Braze (Settings → Company Settings), and set BRAZE_COMPANY_TIME_ZONE if they differ.";
  try {
    const found = await brazeCompanyZone({ ...workspace, clock })();
    if (found === undefined) return [note(unseen, advice)];
    if (found === companyZone || workspace.companyZone === undefined)
      return [passed(`days are counted by the clock of ${found}, as Braze does`)];
    return [
      failed(
        `BRAZE_COMPANY_TIME_ZONE is ${companyZone}, but Braze counts days by the clock of ${found}, which Tidewatch uses`,
        `Set BRAZE_COMPANY_TIME_ZONE=${found}: it counts while Braze cannot be asked.`,
      ),
    ];
  } catch (error) {
    if (!(error instanceof PermanentError) || error.failure !== "braze-no-permission") throw error;
    return [
      note(
        `${unseen}; the key may not read the calendar of messages (messages.schedule_broadcasts), which names the company's time zone and what is sent`,
        advice,
      ),
    ];
  }
}

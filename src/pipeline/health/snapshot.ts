import type { Facts, SeriesFacts } from "../../health/facts.ts";
import type { HealthIssue } from "../../health/health-issue.ts";
import { type DataState, dataStatesOf } from "../../health/no-data.ts";
import { type Progress, timingOf } from "../../series/due.ts";
import type { IngestionDelay } from "../../series/ingestion-delay.ts";
import { partIdsOf } from "../../series/ratio.ts";
import { seriesId } from "../../series/series.ts";
import { type Watch, watchTitle } from "../../settings/watch.ts";
import type { Context } from "../context.ts";
import type { FailureReport } from "../ports/ops.ts";
import { slackDown } from "./slack-outage.ts";

/** Reads everything that the health checks need. @param issues the health issues that are stored */
export async function takeSnapshot(
  {
    watches,
    progress,
    ingestionDelays,
    failures,
    memory,
    timing,
    clock,
    profiles,
    ops,
    outage,
    fallback,
  }: Context,
  issues: readonly HealthIssue[],
): Promise<Facts> {
  // Taken before the reads, so that no data counts as newer than it is.
  const now = clock();
  const [all, progressOf, delays, recorded, used, profileOf, down] = await Promise.all([
    watches.all(),
    progress.all(),
    ingestionDelays.all(),
    failures.all(),
    memory(),
    profiles(),
    slackDown({ outage, fallback, clock }),
  ]);
  const bySeries = Map.groupBy(all, (watch) => namesOf(watch).seriesId);
  const series = Array.from(bySeries, ([id, watching]): SeriesFacts => {
    const [first] = watching as [Watch];
    const parts = partIdsOf(id);
    const { unit, zone } = profileOf(id);
    // Copied field by field where it can be: this is done for thousands of series each minute.
    return {
      id,
      workspace: first.series.workspace,
      unit,
      zone,
      timing: timingOf(first.series, timing),
      watches: watching.map((watch) => ({ title: namesOf(watch).title, channel: watch.channel })),
      watchId: first.id,
      title: namesOf(first).title,
      watchedSince: watching.reduce((since, { createdAt }) => Math.min(since, createdAt), first.createdAt),
      progress: progressWithParts(progressOf, id, parts),
      ingestionDelay: slowest(delays, id, parts),
    };
  });
  return {
    now,
    series,
    failures: withRatios(recorded, [...bySeries.keys()]),
    channels: channelsOf(all, ops.channel),
    memory: used,
    ...(down && { slackDown: { since: down.since } }),
    openIssues: new Set(issues.filter(({ overAt }) => overAt === undefined).map(({ id }) => id)),
  };
}

/** The names of each watch, since the store returns the same object until the watch changes. */
const known = new WeakMap<Watch, { readonly seriesId: string; readonly title: string }>();

function namesOf(watch: Watch): { readonly seriesId: string; readonly title: string } {
  const names = known.get(watch) ?? { seriesId: seriesId(watch.series), title: watchTitle(watch) };
  known.set(watch, names);
  return names;
}

/** Each failure of a part is one of the ratio, since nobody watches the part. */
const withRatios = (
  recorded: ReadonlyMap<string, FailureReport>,
  ids: readonly string[],
): ReadonlyMap<string, FailureReport> =>
  new Map([
    ...recorded,
    ...ids.flatMap((id) => {
      const failure = partIdsOf(id).flatMap((part) => recorded.get(part) ?? [])[0];
      return failure ? [[id, failure] as const] : [];
    }),
  ]);

/** The progress of a ratio: it waits for Braze, or for quota, as long as one of its parts does. */
function progressWithParts(
  progressOf: ReadonlyMap<string, Progress>,
  id: string,
  parts: readonly string[],
): Progress | undefined {
  const own = progressOf.get(id);
  if (parts.length === 0) return own;
  const latest = (of: "notBefore" | "heldUntil") => {
    const instants = [id, ...parts].flatMap((one) => progressOf.get(one)?.[of] ?? []);
    return instants.length > 0 && { [of]: Math.max(...instants) };
  };
  return { ...own, ...latest("notBefore"), ...latest("heldUntil") };
}

/** The ingestion delay of a series, of a ratio the longest of its parts. */
const slowest = (
  delays: ReadonlyMap<string, IngestionDelay>,
  id: string,
  parts: readonly string[],
): IngestionDelay | undefined =>
  parts.reduce((longest, part) => {
    const one = delays.get(part);
    return one && one.usual >= (longest?.usual ?? 0) ? one : longest;
  }, delays.get(id));

/** What is known of each watched series at present, by its id. */
export const dataStatesNow = async (context: Context): Promise<ReadonlyMap<string, DataState>> =>
  dataStatesOf(await takeSnapshot(context, []));

/** Each channel and what is posted in it. */
export function channelsOf(watches: readonly Watch[], opsChannel: string | undefined): Map<string, string[]> {
  const byChannel = Map.groupBy(watches, ({ channel }) => channel);
  const channels = new Map(
    [...byChannel].map(([channel, all]) => [channel, all.map((watch) => namesOf(watch).title)]),
  );
  if (opsChannel) channels.set(opsChannel, [...(channels.get(opsChannel) ?? []), "Tidewatch health"]);
  return channels;
}

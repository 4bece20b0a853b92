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
  const series = [...bySeries].map(([id, watching]): SeriesFacts => {
    const [first] = watching as [Watch];
    const parts = partIdsOf(id);
    const progress = progressWithParts(
      progressOf.get(id),
      parts.map((part) => progressOf.get(part)),
    );
    const ingestionDelay = slowest([id, ...parts].map((one) => delays.get(one)));
    return {
      id,
      workspace: first.series.workspace,
      ...profileOf(id),
      timing: timingOf(first.series, timing),
      watches: watching.map((watch) => ({ title: namesOf(watch).title, channel: watch.channel })),
      watchId: first.id,
      title: namesOf(first).title,
      watchedSince: Math.min(...watching.map(({ createdAt }) => createdAt)),
      ...(progress && { progress }),
      ...(ingestionDelay && { ingestionDelay }),
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
  own: Progress | undefined,
  parts: readonly (Progress | undefined)[],
): Progress | undefined {
  const latest = (of: "notBefore" | "heldUntil") => {
    const instants = [own, ...parts].flatMap((one) => one?.[of] ?? []);
    return instants.length > 0 && { [of]: Math.max(...instants) };
  };
  return parts.length === 0 ? own : { ...own, ...latest("notBefore"), ...latest("heldUntil") };
}

/** The longest of several ingestion delays. */
const slowest = (delays: readonly (IngestionDelay | undefined)[]): IngestionDelay | undefined =>
  delays.reduce((longest, one) => (one && one.usual >= (longest?.usual ?? 0) ? one : longest), undefined);

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

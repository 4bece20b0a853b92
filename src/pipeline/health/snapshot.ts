import type { Facts } from "../../health/facts.ts";
import type { SeriesFacts } from "../../health/series-facts.ts";
import { seriesId } from "../../series/series.ts";
import { type Watch, watchTitle } from "../../settings/watch.ts";
import type { Context } from "../context.ts";

export type SnapshotDeps = Pick<
  Context,
  "watches" | "progress" | "ingestionDelays" | "failures" | "memory" | "timing" | "clock" | "profiles"
>;

/** Reads everything that the health checks need. */
export async function takeSnapshot(
  { watches, progress, ingestionDelays, failures, memory, timing, clock, profiles }: SnapshotDeps,
  standing: ReadonlySet<string>,
  opsChannel?: string,
): Promise<Facts> {
  // Taken before the reads, so that no data counts as newer than it is.
  const now = clock();
  const [all, standings, delays, known, used, profileOf] = await Promise.all([
    watches.all(),
    progress.all(),
    ingestionDelays.all(),
    failures.all(),
    memory(),
    profiles(),
  ]);
  const bySeries = Map.groupBy(all, ({ series }) => seriesId(series));
  const series = [...bySeries].map(([id, watching]): SeriesFacts => {
    const [first] = watching as [Watch];
    const standing = standings.get(id);
    const ingestionDelay = delays.get(id);
    return {
      id,
      workspace: first.series.workspace,
      ...profileOf(id),
      timing,
      watchId: first.id,
      title: watchTitle(first),
      watchedSince: Math.min(...watching.map(({ createdAt }) => createdAt)),
      ...(standing && { progress: standing }),
      ...(ingestionDelay && { ingestionDelay }),
    };
  });
  return {
    now,
    series,
    failures: known,
    channels: channelsOf(all, opsChannel),
    memory: used,
    standing,
  };
}

function channelsOf(watches: readonly Watch[], opsChannel: string | undefined): Map<string, string[]> {
  const byChannel = Map.groupBy(watches, ({ channel }) => channel);
  const channels = new Map([...byChannel].map(([channel, all]) => [channel, all.map(watchTitle)]));
  if (opsChannel)
    channels.set(opsChannel, [...(channels.get(opsChannel) ?? []), "what concerns Tidewatch itself"]);
  return channels;
}

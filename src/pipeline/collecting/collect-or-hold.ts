import { PermanentError, TransientError } from "../../errors.ts";
import { quotaOfWorkspace } from "../../series/api-quota.ts";
import { seriesRef } from "../../series/series.ts";
import { type CollectDeps, type Collected, collect } from "../collect.ts";
import type { TroubleReport } from "../ports/ops.ts";
import { type ArrivalDeps, noteArrival } from "./ingestion-delay.ts";
import { clearTrouble, raiseTrouble, type TroubleDeps } from "./source-failure.ts";
import { type Held, holdRefused, type SparingDeps, spare } from "./throttle.ts";

export type CollectOrHoldDeps = CollectDeps & ArrivalDeps & SparingDeps & TroubleDeps;

/** One attempt at a series. */
export interface Attempt {
  /** Whether it finds out if a workspace that could not be read can be read again. */
  readonly isProbe: boolean;
  /** Told what changes about whether Braze can be read. */
  readonly onNews: (event: "quota-short" | "trouble" | "recovered", report: TroubleReport) => unknown;
  /** As for `collect`. */
  readonly backfilled?: (done: number, total: number) => unknown;
}

/** A series that was not asked for, since its workspace cannot be read and a probe asks for all. */
export interface LeftToProbe {
  readonly leftToProbe: true;
}

/**
 * Collects a series unless its workspace is in trouble or short of requests. What Braze refuses is noted for the
 * workspace, or for the series where it concerns that alone, and holds up nothing else. Throws what is to be tried again.
 */
export async function collectOrHold(
  seriesId: string,
  deps: CollectOrHoldDeps,
  { isProbe, onNews, backfilled }: Attempt,
): Promise<Collected | Held | LeftToProbe> {
  const { workspace } = seriesRef(seriesId);
  const quota = quotaOfWorkspace(workspace);
  const known = await deps.troubles.among([workspace, seriesId, quota]);
  if (known.has(workspace) && !isProbe) return { leftToProbe: true };
  const withNews = (held: Held): Held => {
    if (held.news) onNews("quota-short", held.news);
    return held;
  };
  const spared = await spare(seriesId, deps, known.has(quota));
  if (spared) return withNews(spared);
  try {
    const collected = await collect(seriesId, deps, backfilled);
    // Where nothing was due, Braze was not asked. The workspace's trouble may have been noted since.
    const over = collected.due > 0 ? [workspace, ...(known.has(seriesId) ? [seriesId] : [])] : [];
    for (const name of over) {
      const trouble = await clearTrouble(name, deps);
      if (trouble) onNews("recovered", trouble);
    }
    if (collected.arrived !== undefined) await noteArrival(seriesId, collected.arrived, deps);
    return collected;
  } catch (error) {
    const refused = await holdRefused(seriesId, error, deps);
    if (refused) return withNews(refused);
    if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
    const { news, heldUntil } = await raiseTrouble(workspace, seriesId, error, deps);
    if (news) onNews("trouble", news);
    // Whoever asked to be left alone for so long is not tried again meanwhile.
    if (error instanceof TransientError && heldUntil !== undefined) return { heldUntil };
    throw error;
  }
}

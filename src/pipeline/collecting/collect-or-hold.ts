import { PermanentError, TransientError } from "../../errors.ts";
import { quotaOfWorkspace } from "../../series/api-quota.ts";
import { seriesRef } from "../../series/series.ts";
import { type CollectDeps, type Collected, collect } from "../collect.ts";
import type { FailureReport } from "../ports/ops.ts";
import { type IngestionDelayDeps, recordIngestionDelay } from "./ingestion-delay.ts";
import { clearFailure, type FailureDeps, raiseFailure } from "./source-failure.ts";
import { type Held, holdRefused, type ThrottleDeps, throttle } from "./throttle.ts";

export type CollectOrHoldDeps = CollectDeps & IngestionDelayDeps & ThrottleDeps & FailureDeps;

/** One attempt at a series. */
export interface Attempt {
  /** Whether it finds out if a workspace that could not be read can be read again. */
  readonly isProbe: boolean;
  /** Told what changes about whether Braze can be read. */
  readonly onNews: (event: "quota-short" | "failure" | "recovered", report: FailureReport) => unknown;
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
  const known = await deps.failures.among([workspace, seriesId, quota]);
  if (known.has(workspace) && !isProbe) return { leftToProbe: true };
  const withNews = (held: Held): Held => {
    if (held.news) onNews("quota-short", held.news);
    return held;
  };
  const throttled = await throttle(seriesId, deps, known.has(quota));
  if (throttled) return withNews(throttled);
  try {
    const collected = await collect(seriesId, deps, backfilled);
    // Where nothing was due, Braze was not asked. The workspace's trouble may have been noted since.
    const over = collected.due > 0 ? [workspace, ...(known.has(seriesId) ? [seriesId] : [])] : [];
    for (const name of over) {
      const failure = await clearFailure(name, deps);
      if (failure) onNews("recovered", failure);
    }
    if (collected.arrived !== undefined) await recordIngestionDelay(seriesId, collected.arrived, deps);
    return collected;
  } catch (error) {
    const refused = await holdRefused(seriesId, error, deps);
    if (refused) return withNews(refused);
    if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
    const { news, heldUntil } = await raiseFailure(workspace, seriesId, error, deps);
    if (news) onNews("failure", news);
    // Whoever asked to be left alone for so long is not tried again meanwhile.
    if (error instanceof TransientError && heldUntil !== undefined) return { heldUntil };
    throw error;
  }
}

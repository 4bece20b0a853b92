import { PermanentError, TransientError } from "../../errors.ts";
import { brazeMetricOf } from "../../metrics/metrics.ts";
import { quotaOf } from "../../series/api-quota.ts";
import { partIdsOf } from "../../series/ratio.ts";
import { seriesRef } from "../../series/series.ts";
import { type Collected, collect } from "../collect.ts";
import type { Context } from "../context.ts";
import type { FailureReport } from "../ports/ops.ts";
import { recordIngestionDelay } from "./ingestion-delay.ts";
import { clearFailure, raiseFailure } from "./source-failure.ts";
import { type Held, holdRefused, throttle } from "./throttle.ts";

/** One attempt to collect a series. */
export interface Attempt {
  /** Whether it probes if a workspace that could not be read can be read again. */
  readonly isProbe: boolean;
  /** Called when a failure of Braze starts or ends. */
  readonly onNews: (event: "quota-short" | "failure" | "recovered", report: FailureReport) => unknown;
  /** As for `collect`. */
  readonly backfilled?: (done: number, total: number) => unknown;
}

/** A series that was not read: its workspace fails, and one probe asks for all. */
export interface LeftToProbe {
  readonly leftToProbe: true;
}

/**
 * Collects a series unless its workspace fails or has little quota left. Records a refusal for the workspace, or for
 * the series if it alone is affected; it holds up nothing else. Throws what the job should retry.
 */
export async function collectOrHold(
  seriesId: string,
  context: Context,
  { isProbe, onNews, backfilled }: Attempt,
): Promise<Collected | Held | LeftToProbe> {
  // A ratio asks Braze for nothing: its parts have failures and quotas of their own.
  if (partIdsOf(seriesId).length > 0) return collect(seriesId, context, backfilled);
  const ref = seriesRef(seriesId);
  const { workspace } = ref;
  const { pool } = brazeMetricOf(ref);
  const quota = quotaOf(workspace, pool);
  const [known, left] = await Promise.all([
    context.failures.among([workspace, seriesId, quota]),
    context.quotas.of(workspace, pool, context.clock()),
  ]);
  if (known.has(workspace) && !isProbe) return { leftToProbe: true };
  const withNews = (held: Held): Held => {
    if (held.news) onNews("quota-short", held.news);
    return held;
  };
  const throttled = await throttle(seriesId, context, left, known.has(quota));
  if (throttled) return withNews(throttled);
  try {
    const collected = await collect(seriesId, context, backfilled);
    // If nothing was due, Braze was not asked. The failure of the workspace may have been recorded since.
    const over = collected.due > 0 ? [workspace, ...(known.has(seriesId) ? [seriesId] : [])] : [];
    await Promise.all([
      ...over.map(async (name) => {
        const failure = await clearFailure(name, context);
        if (failure) onNews("recovered", failure);
      }),
      collected.arrived !== undefined && recordIngestionDelay(seriesId, collected.arrived, context),
    ]);
    return collected;
  } catch (error) {
    const refused = await holdRefused(seriesId, error, context);
    if (refused) return withNews(refused);
    if (!(error instanceof PermanentError || error instanceof TransientError)) throw error;
    const { news, heldUntil } = await raiseFailure(workspace, seriesId, error, context);
    if (news) onNews("failure", news);
    // A wait this long is not retried by the job.
    if (error instanceof TransientError && heldUntil !== undefined) return { heldUntil };
    throw error;
  }
}

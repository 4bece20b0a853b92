import type { PermanentError, TransientError } from "../../errors.ts";
import { brazeMetricOf, metricNameOf } from "../../metrics/metrics.ts";
import { redact } from "../../redact.ts";
import { seriesRef } from "../../series/series.ts";
import { type Instant, MINUTE } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { FailureReport } from "../ports/ops.ts";

/** How long a series that Braze alone refuses (an unknown id) waits before it is read again. */
const REFUSED_PAUSE = 15 * MINUTE;

/** What was recorded of a failure. */
export interface RaisedFailure {
  /** The report, if it is new. */
  readonly news?: FailureReport;
  /** Until when the series is not read, if it alone waits. */
  readonly heldUntil?: Instant;
}

/**
 * Records what keeps a workspace, or one series of it, from being read. A long wait that Braze asks for applies only to
 * the series that got the answer.
 */
export async function raiseFailure(
  workspace: string,
  seriesId: string,
  error: PermanentError | TransientError,
  { failures, progress, clock }: Context,
): Promise<RaisedFailure> {
  if (!error.failure.startsWith("braze-")) return {};
  const report = reportOf(error, clock());
  const isOfSeries = isAboutSeries(error, seriesId);
  const pause = isOfSeries ? REFUSED_PAUSE : longWaitOf(error);
  const heldUntil = pause === undefined ? undefined : clock() + pause;
  if (heldUntil !== undefined) await progress.save(seriesId, { notBefore: heldUntil });
  const isNews = await failures.raise(isOfSeries ? seriesId : workspace, report);
  return { ...(isNews && { news: report }), ...(heldUntil !== undefined && { heldUntil }) };
}

/**
 * Whether a failure says nothing about the other series of the workspace. A key may read sessions and no revenue; one
 * that may not read sessions is most likely the wrong one.
 */
const isAboutSeries = ({ failure }: PermanentError | TransientError, seriesId: string): boolean =>
  failure === "braze-unknown-id" ||
  failure === "braze-bad-request" ||
  (failure === "braze-no-permission" && metricNameOf(seriesRef(seriesId)) !== "sessions") ||
  // Other pools have requests left.
  (failure === "braze-rate-limit" && brazeMetricOf(seriesRef(seriesId)).pool !== "default");

/** A wait that is too long for a job to sleep. */
const longWaitOf = (error: PermanentError | TransientError): number | undefined =>
  "retryAfter" in error && error.retryAfter !== undefined && error.retryAfter >= MINUTE
    ? error.retryAfter
    : undefined;

/** Records that a workspace or series can be read. Returns the failure that ended, if there was one. */
export const clearFailure = (name: string, { failures }: Pick<Context, "failures">) => failures.clear(name);

const reportOf = (
  { failure, message, advice }: PermanentError | TransientError,
  since: Instant,
): FailureReport => ({
  failure,
  message: redact(message),
  advice,
  since,
});

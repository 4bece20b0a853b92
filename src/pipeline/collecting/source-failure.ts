import type { PermanentError, TransientError } from "../../errors.ts";
import { redact } from "../../redact.ts";
import { type Instant, MINUTE } from "../../time/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { FailureReport, FailureStore } from "../ports/ops.ts";
import type { ProgressStore } from "../ports/series.ts";

export interface FailureDeps {
  readonly failures: FailureStore;
  readonly progress: Pick<ProgressStore, "save">;
  readonly clock: Clock;
}

/** How long a series that alone is refused (an id Braze does not know) waits before it is asked again. */
const REFUSED_PAUSE = 15 * MINUTE;

/** What was noted of a failure. */
export interface RaisedFailure {
  /** The report, when it is news. */
  readonly news?: FailureReport;
  /** Until when the series is not read, where it alone waits. */
  readonly heldUntil?: Instant;
}

/**
 * Notes what keeps a workspace, or one series of it, from being read. A long wait that Braze asks for is noted for the
 * series that it answered, and for no other.
 */
export async function raiseFailure(
  workspace: string,
  seriesId: string,
  error: PermanentError | TransientError,
  { failures, progress, clock }: FailureDeps,
): Promise<RaisedFailure> {
  if (!error.failure.startsWith("braze-")) return {};
  const report = reportOf(error, clock());
  const isOfSeries = error.failure === "braze-unknown-id" || error.failure === "braze-bad-request";
  const pause = isOfSeries ? REFUSED_PAUSE : longWaitOf(error);
  const heldUntil = pause === undefined ? undefined : clock() + pause;
  if (heldUntil !== undefined) await progress.save(seriesId, { notBefore: heldUntil });
  const isNews = await failures.raise(isOfSeries ? seriesId : workspace, report);
  return { ...(isNews && { news: report }), ...(heldUntil !== undefined && { heldUntil }) };
}

/** A wait that is too long for a job to wait itself. */
const longWaitOf = (error: PermanentError | TransientError): number | undefined =>
  "retryAfter" in error && error.retryAfter !== undefined && error.retryAfter >= MINUTE
    ? error.retryAfter
    : undefined;

/** Notes that a workspace, or a series of it, can be read. Answers what is over, if something was wrong. */
export const clearFailure = (name: string, { failures }: Pick<FailureDeps, "failures">) =>
  failures.clear(name);

const reportOf = (
  { failure, message, advice }: PermanentError | TransientError,
  since: Instant,
): FailureReport => ({
  failure,
  message: redact(message),
  advice,
  since,
});

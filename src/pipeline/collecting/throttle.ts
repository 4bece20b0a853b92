import { TransientError } from "../../errors.ts";
import { metricOf } from "../../metrics/metrics.ts";
import { redact } from "../../redact.ts";
import { heldUntil, isTurn, pollingIntervalOf, quotaOfWorkspace } from "../../series/api-quota.ts";
import { timingOf } from "../../series/due.ts";
import { seriesRef } from "../../series/series.ts";
import { type Instant, MINUTE } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { FailureReport } from "../ports/ops.ts";

/** A series that is not read now, so that the workspace's own sends keep their quota. */
export interface Held {
  readonly heldUntil: Instant;
  /** Set when the quota has just become short. */
  readonly news?: FailureReport;
}

/**
 * Postpones a series while the quota of its workspace runs short and other series come first. @param wasShort whether a
 * shortage is recorded already
 */
export async function throttle(
  seriesId: string,
  context: Context,
  wasShort: boolean,
): Promise<Held | undefined> {
  const ref = seriesRef(seriesId);
  const { workspace } = ref;
  const now = context.clock();
  const reserve = context.workspaces.find(({ name }) => name === workspace)?.quotaReserve ?? 0;
  const left = await context.quotas.of(workspace, metricOf(ref).pool, now);
  if (!left || pollingIntervalOf(left, reserve, false) === 1) {
    if (wasShort) await context.failures.clear(quotaOfWorkspace(workspace));
    return undefined;
  }
  const pollingInterval = pollingIntervalOf(left, reserve, await isImportant(seriesId, context));
  if (isTurn(seriesId, now, pollingInterval)) return undefined;
  return hold(
    seriesId,
    left.resetAt,
    reportOf("braze-quota-short", thin(left.remaining, left.limit), now),
    context,
  );
}

/**
 * Postpones a series that was refused because the quota of this hour, or all but the reserve, is used up. Undefined for
 * any other failure, and for a wait short enough for the job.
 */
export async function holdRefused(
  seriesId: string,
  error: unknown,
  context: Context,
): Promise<Held | undefined> {
  if (!(error instanceof TransientError) || error.retryAfter === undefined) return undefined;
  const isShort = error.failure !== "braze-quota-reserve" && error.retryAfter < MINUTE;
  if (isShort || !/^braze-(quota-reserve|rate-limit)$/.test(error.failure)) return undefined;
  const now = context.clock();
  const report = reportOf(error.failure, error.message, now, error.advice);
  return hold(seriesId, now + error.retryAfter, report, context);
}

async function hold(
  seriesId: string,
  resetAt: Instant,
  report: FailureReport,
  context: Context,
): Promise<Held> {
  const until = heldUntil(
    seriesId,
    { resetAt },
    await isImportant(seriesId, context),
    timingOf(seriesRef(seriesId), context.timing),
  );
  await context.progress.save(seriesId, { heldUntil: until });
  const isNews = await context.failures.raise(quotaOfWorkspace(seriesRef(seriesId).workspace), report);
  return { heldUntil: until, ...(isNews && { news: report }) };
}

/** A whole app, and any series with an open incident, comes first. */
async function isImportant(seriesId: string, { watches, incidents }: Context): Promise<boolean> {
  if (seriesRef(seriesId).segment === undefined) return true;
  for (const { id } of await watches.forSeries(seriesId))
    if ((await incidents.live(id)).some(({ resolvedAt }) => resolvedAt === undefined)) return true;
  return false;
}

const thin = (remaining: number, limit: number): string =>
  `${remaining} of the workspace's ${limit} requests of this hour are left, so segments are read every second or third hour`;

const reportOf = (
  failure: FailureReport["failure"],
  message: string,
  since: Instant,
  advice = "Find out what else uses the workspace's API, lower BRAZE_QUOTA_RESERVE, or watch fewer segments.",
): FailureReport => ({ failure, message: redact(message), advice, since });

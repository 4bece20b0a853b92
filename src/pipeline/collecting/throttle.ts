import { TransientError } from "../../errors.ts";
import type { Pool } from "../../metrics/metric.ts";
import { brazeMetricOf } from "../../metrics/metrics.ts";
import { redact } from "../../redact.ts";
import type { ApiQuota } from "../../series/api-quota.ts";
import { heldUntil, isTurn, mustBackfillWait, pollingIntervalOf, quotaOf } from "../../series/api-quota.ts";
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
 * Postpones a series while the quota of its workspace runs short and other series come first. @param left what is known
 * of that quota @param wasShort whether a shortage is recorded already
 */
export async function throttle(
  seriesId: string,
  context: Context,
  left: ApiQuota | undefined,
  wasShort: boolean,
): Promise<Held | undefined> {
  const ref = seriesRef(seriesId);
  const { workspace } = ref;
  const now = context.clock();
  const reserve = context.workspaces.find(({ name }) => name === workspace)?.quotaReserve ?? 0;
  const { pool } = brazeMetricOf(ref);
  if (left && mustBackfillWait(left, reserve, pool) && (await isNew(seriesId, context))) {
    const until = heldUntil(seriesId, left, false, timingOf(ref, context.timing));
    await context.progress.save(seriesId, { heldUntil: until });
    return { heldUntil: until };
  }
  if (!left || pollingIntervalOf(left, reserve, false) === 1) {
    if (wasShort) await context.failures.clear(quotaOf(workspace, pool));
    return undefined;
  }
  const pollingInterval = pollingIntervalOf(left, reserve, await isImportant(seriesId, context));
  if (isTurn(seriesId, now, pollingInterval)) return undefined;
  return hold(seriesId, left.resetAt, reportOf("braze-quota-short", thin(left, pool), now), context);
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
  const ref = seriesRef(seriesId);
  const isFirst = await isImportant(seriesId, context);
  const until = heldUntil(seriesId, { resetAt }, isFirst, timingOf(ref, context.timing));
  await context.progress.save(seriesId, { heldUntil: until });
  const isNews = await context.failures.raise(quotaOf(ref.workspace, brazeMetricOf(ref).pool), report);
  return { heldUntil: until, ...(isNews && { news: report }) };
}

/** Whether its history was never read. */
const isNew = async (seriesId: string, { progress }: Pick<Context, "progress">): Promise<boolean> =>
  (await progress.of(seriesId))?.evaluatedThrough === undefined;

/** A whole app, and any series with an open incident, comes first; a segment and a single product later. */
async function isImportant(seriesId: string, { watches, incidents }: Context): Promise<boolean> {
  const { metric, segment, item } = seriesRef(seriesId);
  const isPart = segment !== undefined || (item !== undefined && metric !== "events");
  if (!isPart) return true;
  for (const { id } of await watches.forSeries(seriesId))
    if ((await incidents.live(id)).some(({ resolvedAt }) => resolvedAt === undefined)) return true;
  return false;
}

const thin = ({ remaining, limit }: Pick<ApiQuota, "remaining" | "limit">, pool: Pool): string =>
  pool === "purchases"
    ? `${remaining} of the workspace's ${limit} requests of this hour for purchases and lists are left, so single products are read every second or third hour`
    : `${remaining} of the workspace's ${limit} requests of this hour are left, so segments are read every second or third hour`;

const reportOf = (
  failure: FailureReport["failure"],
  message: string,
  since: Instant,
  advice = "Find out what else uses the workspace's API, lower BRAZE_QUOTA_RESERVE, or watch fewer segments.",
): FailureReport => ({ failure, message: redact(message), advice, since });

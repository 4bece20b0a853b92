import { TransientError } from "../../errors.ts";
import { redact } from "../../redact.ts";
import { heldUntil, isTurn, quotaOfWorkspace, strideOf } from "../../series/api-quota.ts";
import type { Timing } from "../../series/due.ts";
import { seriesRef } from "../../series/series.ts";
import type { Workspace } from "../../series/workspace.ts";
import { type Instant, MINUTE } from "../../time/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { TroubleReport, TroubleStore } from "../ports/ops.ts";
import type { QuotaStore } from "../ports/quota.ts";
import type { ProgressStore } from "../ports/series.ts";
import type { WatchStore } from "../ports/watches.ts";

export interface SparingDeps {
  readonly quotas: Pick<QuotaStore, "of">;
  readonly workspaces: readonly Workspace[];
  readonly watches: Pick<WatchStore, "forSeries">;
  readonly incidents: Pick<IncidentStore, "live">;
  readonly progress: Pick<ProgressStore, "save">;
  readonly troubles: Pick<TroubleStore, "raise" | "clear">;
  readonly timing: Timing;
  readonly clock: Clock;
}

/** A series that is not read for now, so that production sends do not starve. */
export interface Held {
  readonly heldUntil: Instant;
  /** Set where it is news that the workspace's requests run short. */
  readonly news?: TroubleReport;
}

/**
 * Puts a series off to a later hour while its workspace's requests run short and others come first.
 * @param wasShort whether it is noted that they do
 */
export async function spare(
  seriesId: string,
  deps: SparingDeps,
  wasShort: boolean,
): Promise<Held | undefined> {
  const { workspace } = seriesRef(seriesId);
  const now = deps.clock();
  const reserve = deps.workspaces.find(({ name }) => name === workspace)?.quotaReserve ?? 0;
  const left = await deps.quotas.of(workspace, "sessions", now);
  if (!left || strideOf(left, reserve, false) === 1) {
    if (wasShort) await deps.troubles.clear(quotaOfWorkspace(workspace));
    return undefined;
  }
  const stride = strideOf(left, reserve, await isImportant(seriesId, deps));
  if (isTurn(seriesId, now, stride)) return undefined;
  return hold(
    seriesId,
    left.resetAt,
    reportOf("braze-quota-short", thin(left.remaining, left.limit), now),
    deps,
  );
}

/**
 * Puts a series off that was refused since the requests of this hour are used up, or all but the reserve; undefined for
 * any other failure, and for a wait so short that the job can wait itself.
 */
export async function holdRefused(
  seriesId: string,
  error: unknown,
  deps: SparingDeps,
): Promise<Held | undefined> {
  if (!(error instanceof TransientError) || error.retryAfter === undefined) return undefined;
  const isShort = error.trouble !== "braze-quota-reserve" && error.retryAfter < MINUTE;
  if (isShort || !/^braze-(quota-reserve|rate-limit)$/.test(error.trouble)) return undefined;
  const now = deps.clock();
  const report = reportOf(error.trouble, error.message, now, error.advice);
  return hold(seriesId, now + error.retryAfter, report, deps);
}

async function hold(
  seriesId: string,
  resetAt: Instant,
  report: TroubleReport,
  deps: SparingDeps,
): Promise<Held> {
  const until = heldUntil(seriesId, { resetAt }, await isImportant(seriesId, deps), deps.timing);
  await deps.progress.save(seriesId, { heldUntil: until });
  const isNews = await deps.troubles.raise(quotaOfWorkspace(seriesRef(seriesId).workspace), report);
  return { heldUntil: until, ...(isNews && { news: report }) };
}

/** A whole app, and whatever has an incident, comes first. */
async function isImportant(seriesId: string, { watches, incidents }: SparingDeps): Promise<boolean> {
  if (seriesRef(seriesId).segment === undefined) return true;
  for (const { id } of await watches.forSeries(seriesId))
    if ((await incidents.live(id)).some(({ resolvedAt }) => resolvedAt === undefined)) return true;
  return false;
}

const thin = (remaining: number, limit: number): string =>
  `${remaining} of the workspace's ${limit} requests of this hour are left, so segments are read every second or third hour`;

const reportOf = (
  trouble: TroubleReport["trouble"],
  message: string,
  since: Instant,
  advice = "Find out what else uses the workspace's API, lower BRAZE_QUOTA_RESERVE, or watch fewer segments.",
): TroubleReport => ({ trouble, message: redact(message), advice, since });

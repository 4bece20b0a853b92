import { HOUR, type Instant } from "../time/time.ts";
import { spreadOffset, type Timing } from "./due.ts";

/** The requests that a workspace has left in a pool; its production sends may use them too. */
export interface ApiQuota {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Instant;
  /** Set when Braze did not say when it resets: the next full hour, until an answer says otherwise. */
  readonly isGuess?: true;
}

/** Below these shares of the limit, beyond the reserve, series are read less often. */
const TIGHT = 0.1;
const SCARCE = 0.05;

/**
 * Every how many hours a series is read. A whole app, and any series with an open incident, is read every hour down to
 * the reserve; the rest every second or third hour, to keep the reserve.
 * @example pollingIntervalOf({ limit: 100, remaining: 28, resetAt }, 0.2, false); // => 2
 */
export function pollingIntervalOf(
  { limit, remaining }: ApiQuota,
  reserve: number,
  isImportant: boolean,
): 1 | 2 | 3 {
  const spare = remaining / limit - reserve;
  if (isImportant || spare >= TIGHT) return 1;
  return spare >= SCARCE ? 2 : 3;
}

/** Whether a series is read in this hour; of those read every second hour, half are. */
export const isTurn = (seriesId: string, now: Instant, pollingInterval: number): boolean =>
  (Math.floor(now / HOUR) + spreadOffset(seriesId, pollingInterval)) % pollingInterval === 0;

/**
 * When a held series is read again: important ones soon after the reset, the rest with their next hour, so that
 * catching up takes no extra request; all of them spread as usual.
 */
export const heldUntil = (
  seriesId: string,
  { resetAt }: Pick<ApiQuota, "resetAt">,
  isImportant: boolean,
  { spread, evaluationDelay }: Timing,
): Instant => resetAt + (isImportant ? 0 : evaluationDelay) + spreadOffset(seriesId, spread);

/** The name of the failure that a workspace's quota runs short; no workspace can have it. */
export const quotaOfWorkspace = (workspace: string): string => `quota.${workspace}`;

import { HOUR, type Instant } from "../time/time.ts";
import { spreadOffset, type Timing } from "./due.ts";

/** The endpoints whose requests Braze counts together, by what is read from them. */
export type Pool = "sessions" | "segments";

/** What Braze said of the requests that a workspace has left in a pool, which its production sends may use too. */
export interface ApiQuota {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Instant;
  /** That nobody told when it is reset: on the next full hour, until an answer says otherwise. */
  readonly isGuess?: true;
}

/** Below which shares of the limit, beyond the reserve, reading thins out. */
const TIGHT = 0.1;
const SCARCE = 0.05;

/**
 * Every how many hours a series is read. A whole app, and whatever has an incident, is read every hour down to the
 * reserve; the rest every second or third hour, so that the reserve is not reached.
 * @example strideOf({ limit: 100, remaining: 28, resetAt }, 0.2, false); // => 2
 */
export function pollingIntervalOf(
  { limit, remaining }: ApiQuota,
  reserve: number,
  isImportant: boolean,
): 1 | 2 | 3 {
  const throttle = remaining / limit - reserve;
  if (isImportant || throttle >= TIGHT) return 1;
  return throttle >= SCARCE ? 2 : 3;
}

/** Whether it is a series' turn in this hour; of those that are read every second hour, half have it. */
export const isTurn = (seriesId: string, now: Instant, pollingInterval: number): boolean =>
  (Math.floor(now / HOUR) + spreadOffset(seriesId, pollingInterval)) % pollingInterval === 0;

/**
 * When a series that was held is read again: what is important soon after the quota is reset, the rest with its next
 * hour, so that catching up takes no request more; all of it spread as ever.
 */
export const heldUntil = (
  seriesId: string,
  { resetAt }: Pick<ApiQuota, "resetAt">,
  isImportant: boolean,
  { spread, evaluationDelay }: Timing,
): Instant => resetAt + (isImportant ? 0 : evaluationDelay) + spreadOffset(seriesId, spread);

/** The name under which it is noted that a workspace's requests run short; no workspace is written so. */
export const quotaOfWorkspace = (workspace: string): string => `quota.${workspace}`;

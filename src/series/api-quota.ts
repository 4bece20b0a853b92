import type { Pool } from "../metrics/metric.ts";
import { HOUR, type Instant, MINUTE, stepOf, type Unit } from "../time/time.ts";
import { spreadOffset, type Timing } from "./due.ts";

/** The requests that a workspace has left in a pool; its production sends may use them too. */
export interface ApiQuota {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Instant;
  /** Set when Braze did not say when it resets: `nextReset`, until an answer says otherwise. */
  readonly isGuess?: true;
}

/** When a pool is full again: campaigns every minute, all others every hour. */
export const nextReset = (pool: Pool, now: Instant): Instant => {
  const every = pool === "campaigns" ? MINUTE : HOUR;
  return Math.floor(now / every) * every + every;
};

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

/** The name of the failure that the quota of a workspace's pool runs short; no workspace or series can have it. */
export const quotaOf = (workspace: string, pool: Pool): string =>
  pool === "default" ? `quota.${workspace}` : `quota.${workspace}.${pool}`;

/** A new series is read from its beginning only while this share of a small pool is left, beyond the reserve. */
const BACKFILL_SHARE = 0.4;

/**
 * Whether the history of a new series has to wait for the next hour, so that the newest hours of all others are read
 * first: a pool of 1,000 requests an hour holds 70 histories of 8 weeks, and nothing else.
 * @example mustBackfillWait({ limit: 1_000, remaining: 590, resetAt }, 0.2, "purchases"); // => true
 */
export const mustBackfillWait = (
  { limit, remaining }: Pick<ApiQuota, "limit" | "remaining">,
  reserve: number,
  pool: Pool,
): boolean => pool === "purchases" && remaining / limit - reserve < BACKFILL_SHARE;

/** The requests an hour that Braze allows for purchases and lists, until an answer says otherwise. */
const PURCHASES_LIMIT = 1_000;

/**
 * How many more series fit in the pool of purchases if each is read once an hour, and histories can still be read
 * beside them. Days are read once a day.
 * @example roomLeft([{ unit: "hour" }], { limit: 1_000 }, 0.2); // => 399
 */
export function roomLeft(
  read: readonly { readonly unit: Unit }[],
  quota: Pick<ApiQuota, "limit"> | undefined,
  reserve: number,
): number {
  const limit = quota?.limit ?? PURCHASES_LIMIT;
  const anHour = read.reduce((sum, { unit }) => sum + HOUR / stepOf(unit), 0);
  return Math.max(0, Math.floor(limit * Math.max(0, 1 - reserve - BACKFILL_SHARE) - anHour));
}

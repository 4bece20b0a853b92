import { HOUR, type Instant, SECOND } from "../../core/time.ts";

/** Answer headers, by lower-case name, as undici gives them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * How long Braze asks to be left alone, in milliseconds: `Retry-After`, else `x-ratelimit-retry-after`, else the
 * reset of the rate limit. What is empty, past or no number counts as absent; undefined when nothing is left.
 */
export function retryAfter(headers: Headers, now: Instant): number | undefined {
  const waits = [
    waitOf(headers["retry-after"], now),
    waitOf(headers["x-ratelimit-retry-after"], now),
    (resetOf(headers) ?? now) - now,
  ];
  const wait = waits.find((ms) => ms !== undefined && ms > 0);
  // Limits live by the clock hour; a longer wait is a mistake and would stop the queue for good.
  return wait && Math.min(wait, HOUR);
}

/** When the rate limit is reset, as the headers tell it. */
export function resetOf(headers: Headers): Instant | undefined {
  const seconds = numberOf(headers["x-ratelimit-reset"]);
  return seconds && seconds * SECOND;
}

/** A header as a number; undefined when it is absent, empty (as on a 401) or not one. */
export function numberOf(header: string | string[] | undefined): number | undefined {
  return typeof header === "string" && /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) : undefined;
}

function waitOf(header: string | string[] | undefined, now: Instant): number | undefined {
  const seconds = numberOf(header);
  if (seconds !== undefined) return seconds * SECOND;
  const date = typeof header === "string" && / GMT$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : date - now;
}

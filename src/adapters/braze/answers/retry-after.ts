import { HOUR, type Instant, SECOND } from "../../../time/time.ts";

/** Answer headers, by lower-case name, as undici gives them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * How long to wait after a 429, in milliseconds: what the answer asks for, else until the reset. Undefined when it says
 * neither.
 */
export const waitForQuota = (headers: Headers, now: Instant): number | undefined =>
  askedWait(headers, now) ?? sensible((resetOf(headers) ?? now) - now);

/**
 * The wait that an answer asks for, in milliseconds: `Retry-After`, else `x-ratelimit-retry-after`. An empty, past or
 * non-numeric value counts as absent.
 */
export const askedWait = (headers: Headers, now: Instant): number | undefined =>
  sensible(waitOf(headers["retry-after"], now)) ?? sensible(waitOf(headers["x-ratelimit-retry-after"], now));

// Limits last one clock hour; a longer wait is a mistake and would stop the queue.
const sensible = (wait: number | undefined): number | undefined =>
  wait !== undefined && wait > 0 ? Math.min(wait, HOUR) : undefined;

/** When the rate limit resets, from the headers. */
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

import { HOUR, hourOf, type Instant, SECOND } from "../../src/time/time.ts";

/** The workspace's requests of the current clock hour. */
export interface RateLimit {
  /** Uses `requests` of them; answers whether there were any left. */
  spend(now: Instant, requests: number): boolean;
  headers(now: Instant): Record<string, string>;
}

/** Counts requests anew in each hour of the simulated clock, as Braze does. */
export function rateLimit(limit: number): RateLimit {
  let hour = 0;
  let used = 0;
  const turnOver = (now: Instant) => {
    if (hourOf(now) !== hour) used = 0;
    hour = hourOf(now);
  };
  return {
    spend(now, requests) {
      turnOver(now);
      used += requests;
      return used <= limit;
    },
    headers(now) {
      turnOver(now);
      return {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(Math.max(0, limit - used)),
        "x-ratelimit-reset": String((hourOf(now) + HOUR) / SECOND),
      };
    },
  };
}

/** On a 401 the three headers are there and empty. */
export const emptyRateLimitHeaders: Record<string, string> = {
  "x-ratelimit-limit": "",
  "x-ratelimit-remaining": "",
  "x-ratelimit-reset": "",
};

import { HOUR, type Instant, SECOND } from "../../src/time/time.ts";

/** The workspace's requests of the current clock hour or minute. */
export interface RateLimit {
  /** Uses `requests` of them; answers whether there were any left. */
  spend(now: Instant, requests: number): boolean;
  headers(now: Instant): Record<string, string>;
  /** The most requests of any one hour or minute so far, refused ones included. */
  most(): number;
}

/** Counts requests anew in each hour, or minute, of the simulated clock, as Braze does. */
export function rateLimit(limit: number, every: number = HOUR): RateLimit {
  let turn = 0;
  let used = 0;
  let most = 0;
  const turnOver = (now: Instant) => {
    if (Math.floor(now / every) !== turn) used = 0;
    turn = Math.floor(now / every);
  };
  return {
    spend(now, requests) {
      turnOver(now);
      used += requests;
      most = Math.max(most, used);
      return used <= limit;
    },
    headers(now) {
      turnOver(now);
      return {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(Math.max(0, limit - used)),
        "x-ratelimit-reset": String(((turn + 1) * every) / SECOND),
      };
    },
    most: () => most,
  };
}

/** On a 401 the three headers are there and empty. */
export const emptyRateLimitHeaders: Record<string, string> = {
  "x-ratelimit-limit": "",
  "x-ratelimit-remaining": "",
  "x-ratelimit-reset": "",
};

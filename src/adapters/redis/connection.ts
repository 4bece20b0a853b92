import { Redis } from "ioredis";
import type { Log } from "../../log.ts";
import { redact } from "../../redact.ts";

/** How long a lost connection is waited for before it is tried again, at most, in milliseconds. */
const LONGEST_PAUSE = 2_000;

/**
 * Opens a connection for workers that run for years: it comes back by itself whenever Redis does, commands wait for
 * it, and that it is gone, and back, is said once each.
 */
export function connect(url: string, log: Pick<Log, "info" | "error">): Redis {
  let lost = false;
  const redis = new Redis(url, {
    // BullMQ's workers block on their connection for ever, and need it so.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(LONGEST_PAUSE, 50 * 2 ** Math.min(attempt, 6)),
    // A replica that was a master a moment ago refuses writes: look for the master again, and repeat the command.
    reconnectOnError: (error) => (error.message.startsWith("READONLY") ? 2 : false),
  });
  redis.on("error", (error: Error) => {
    if (lost) return;
    lost = true;
    const advice =
      "Check that Redis runs and that REDIS_URL is right; work goes on by itself as soon as it answers.";
    log.error(
      { redis: placeOf(url), error: redact(error.message || String(error)), advice },
      "redis.unreachable",
    );
  });
  redis.on("ready", () => {
    if (lost) log.info({ redis: placeOf(url) }, "redis.back");
    lost = false;
  });
  return redis;
}

/** Where a Redis is, without user and password. */
const placeOf = (url: string): string => URL.parse(url)?.host ?? "unreadable address";

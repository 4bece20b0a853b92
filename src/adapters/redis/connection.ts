import { Redis } from "ioredis";
import type { Log } from "../../log.ts";
import { keepSecret, redact } from "../../redact.ts";

/** How long a lost connection is waited for before it is tried again, at most, in milliseconds. */
const LONGEST_PAUSE = 2_000;

/**
 * Opens a connection for workers that run for years: it comes back by itself whenever Redis does, commands wait for
 * it, and that it is gone, and back, is said once each.
 */
export function connect(url: string, log: Pick<Log, "info" | "error">): Redis {
  const { host = "unreadable address", password = "" } = URL.parse(url) ?? {};
  // It may be written in the URL in another way than it is sent.
  for (const secret of [password, decodeURIComponent(password)]) keepSecret(secret);
  let isLost = false;
  const redis = new Redis(url, {
    // BullMQ's workers block on their connection for ever, and need it so.
    maxRetriesPerRequest: null,
    // Scattered, so that many workers do not come back all at once.
    retryStrategy: (attempt) =>
      Math.min(LONGEST_PAUSE, 50 * 2 ** Math.min(attempt, 6)) * (0.75 + Math.random() / 4),
    // A replica that was a master a moment ago refuses writes: look for the master again, and repeat the command.
    reconnectOnError: (error) => (error.message.startsWith("READONLY") ? 2 : false),
  });
  redis.on("error", (error: Error) => {
    if (isLost) return;
    isLost = true;
    const said = redact(error.message || String(error));
    log.error({ redis: host, error: said, advice: adviceOn(said) }, "redis.unreachable");
  });
  redis.on("ready", () => {
    if (isLost) log.info({ redis: host }, "redis.back");
    isLost = false;
  });
  return redis;
}

function adviceOn(error: string): string {
  const goesOn = "work goes on by itself as soon as it answers.";
  if (/NOAUTH|WRONGPASS/.test(error)) return `Check the user and the password in REDIS_URL; ${goesOn}`;
  if (/ENOTFOUND|EAI_AGAIN/.test(error)) return `Check the host's name in REDIS_URL, and DNS; ${goesOn}`;
  if (/certificate|SSL|TLS/i.test(error))
    return `Check whether REDIS_URL has to begin with redis: or rediss: (TLS), and the certificate; ${goesOn}`;
  return `Check that Redis runs and that REDIS_URL is right; ${goesOn}`;
}

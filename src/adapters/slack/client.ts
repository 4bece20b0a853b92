import { type Logger, LogLevel, WebClient } from "@slack/web-api";
import type { Log } from "../../log.ts";
import { redact } from "../../redact.ts";

export interface ClientOptions {
  readonly token: string;
  /** @default https://slack.com/api/ */
  readonly apiUrl?: string;
  /** How long an answer may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
  readonly log?: Pick<Log, "warn">;
}

/** A client that never repeats a request by itself: its own retries would post a message twice. */
export const slackClient = ({ token, apiUrl, timeout = 10_000, log }: ClientOptions): WebClient =>
  new WebClient(token, {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logger: loggerTo(log),
    ...(apiUrl && { slackApiUrl: apiUrl }),
  });

/** Slack's libraries write to the console otherwise; their debug lines hold whole messages and are left out. */
export function loggerTo(log: ClientOptions["log"]): Logger {
  const warn = (...words: unknown[]) =>
    log?.warn({ said: redact(words.map(String).join(" ")) }, "slack.warned");
  const ignore = () => {};
  return {
    debug: ignore,
    info: ignore,
    warn,
    error: warn,
    setLevel: ignore,
    getLevel: () => LogLevel.WARN,
    setName: ignore,
  };
}

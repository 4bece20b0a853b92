import { type Logger, LogLevel, WebClient } from "@slack/web-api";
import type { Log } from "../../../log.ts";
import { redact } from "../../../redact.ts";

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
    fetch: cappedFetch,
    logger: loggerTo(log),
    ...(apiUrl && { slackApiUrl: apiUrl }),
  });

/** The longest answer, two hundred messages, takes some megabytes; whoever sends more bytes than this is not Slack. */
const MAX_ANSWER = 20_000_000;

/** Reads no more of an answer than may be sensible, and follows no redirect: the token would follow it. */
const cappedFetch: typeof fetch = async (input, init) => {
  const answer = await fetch(input, { ...init, redirect: "error" });
  if (!answer.body) return answer;
  let size = 0;
  const capped = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        size += piece.length;
        if (size > MAX_ANSWER) controller.error(new Error(`an answer of more than ${MAX_ANSWER} bytes`));
        else controller.enqueue(piece);
      },
    }),
  );
  return new Response(capped, answer);
};

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

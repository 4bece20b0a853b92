import { type Logger, LogLevel, WebClient } from "@slack/web-api";
import type { Log } from "../../../log.ts";
import { redact } from "../../../redact.ts";

export interface ClientOptions {
  readonly token: string;
  /** @default https://slack.com/api/ */
  readonly apiUrl?: string;
  /** How long a response may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
  readonly log?: Pick<Log, "warn">;
}

/** A client without its own retries, because they would post a message twice. */
export const slackClient = ({ token, apiUrl, timeout = 10_000, log }: ClientOptions): WebClient =>
  new WebClient(token, {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    fetch: cappedFetch,
    logger: loggerTo(log),
    ...(apiUrl && { slackApiUrl: apiUrl }),
  });

/** The longest response, two hundred messages, has a few megabytes. A server that sends more than this is not Slack. */
const MAX_ANSWER = 20_000_000;

/** Limits the size of a response and follows no redirect, because a redirect would receive the token. */
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

/** Slack's libraries would write to the console. Their debug lines hold whole messages and are dropped. */
export function loggerTo(log: ClientOptions["log"]): Logger {
  const warn = (...words: unknown[]) =>
    log?.warn({ warning: redact(words.map(String).join(" ")) }, "slack.warned");
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

import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { PermanentError, TransientError } from "../../../errors.ts";
import { redact } from "../../../redact.ts";
import { HOUR, SECOND } from "../../../time/time.ts";
import {
  appTokenAdvice,
  destinationAdvice,
  rejectedAdvice,
  uploadAdvice,
  workspaceAdvice,
} from "./advice.ts";
import { consequenceOf } from "./error-table.ts";
import { wasNeverSent } from "./never-sent.ts";

/** The request to Slack, for the error's message. */
export interface Asked {
  readonly method: string;
  readonly channel: string;
  /** Whether the request changes nothing, so that a missing response leaves no doubt. */
  readonly readOnly?: boolean;
}

/** Slack's error code, if there is one. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError && /^[a-z_]{1,80}$/.test(error.data.error)
    ? error.data.error
    : undefined;

/** Turns an error of Slack's client into one that says whether to retry and what to do. */
export function slackError(error: unknown, asked: Asked): PermanentError | TransientError {
  const code = codeOf(error);
  if (code !== undefined && error instanceof WebAPIPlatformError) return refusal(code, error, asked);
  if (error instanceof WebAPIRateLimitedError) return rateLimit("429", error.retryAfter, error, asked);
  if (error instanceof WebAPIHTTPError && isRefusedOnTheWay(error.statusCode)) {
    return unreachable(`HTTP ${error.statusCode}`, error);
  }
  if (error instanceof WebAPIRequestError && wasNeverSent(error.original)) {
    return unreachable(reasonOf(error.original), error);
  }
  // A response that is missing, incomplete or not JSON does not show what Slack did.
  return unsure(reasonOf(error), error, asked);
}

function refusal(code: string, error: WebAPIPlatformError, asked: Asked): PermanentError | TransientError {
  const { response_metadata: metadata, needed } = error.data as WebAPIPlatformError["data"] & {
    needed?: string;
  };
  const message = `Slack answered ${asked.method} for ${asked.channel} with ${code}`;
  switch (consequenceOf(code)) {
    case "destination":
      return new PermanentError(message, {
        failure: "slack-destination",
        advice: destinationAdvice(code),
        cause: wordsOf(error),
      });
    case "workspace":
      return new PermanentError(message, {
        failure: "slack-workspace",
        advice: workspaceAdvice(code, needed),
        cause: wordsOf(error),
      });
    case "uploads":
      return new PermanentError(message, {
        failure: "slack-uploads",
        advice: uploadAdvice(code),
        cause: wordsOf(error),
      });
    case "wait":
      return rateLimit(code, metadata?.retryAfter, error, asked);
    case "unsure":
      return unsure(code, error, asked);
    default: {
      const details = [message, ...(metadata?.messages ?? [])].join("; ").slice(0, 500);
      return new PermanentError(redact(details), {
        failure: "slack-rejected",
        advice: rejectedAdvice,
        cause: wordsOf(error),
      });
    }
  }
}

/** The same for a socket that broke or could not be opened. */
export function consoleFailure(error: unknown): PermanentError | TransientError {
  const code = codeOf(error);
  const isRefusal = code !== undefined && consequenceOf(code) === "workspace";
  const why = reasonOf(error);
  return isRefusal
    ? new PermanentError(`Slack does not let a socket be opened: ${code}`, {
        failure: "slack-workspace",
        advice: appTokenAdvice(code),
        cause: error,
      })
    : new TransientError(`the socket to Slack is not open: ${why}`, {
        failure: "slack-unreachable",
        advice:
          "Check that the network and the proxy let secure web sockets (wss:) through to Slack; it is opened again by itself.",
        cause: error,
      });
}

/** What is said where Slack counts more connections of the app than are registered in this Redis. */
export const sharedApp = {
  failure: "slack-shared-app",
  message:
    "another bot uses this Slack app with another Redis: Slack counts more connections of the app than the bots on this Redis have",
  advice:
    "Stop the bot that should not run, or give both the same REDIS_URL. A second bot that is meant to run needs a Slack app of its own.",
} as const;

const rateLimit = (why: string, seconds: number | undefined, cause: Error, { method, channel }: Asked) =>
  new TransientError(`Slack delays ${method} for ${channel}: ${why}`, {
    failure: "slack-rate-limit",
    advice: "Nothing to do: Tidewatch sends it again when Slack allows it.",
    cause: wordsOf(cause),
    // A longer wait than an hour is a mistake.
    ...(seconds !== undefined && { retryAfter: Math.min(seconds * SECOND, HOUR) }),
  });

const unreachable = (why: string, cause: unknown) =>
  new TransientError(`Slack could not be reached: ${why}`, {
    failure: "slack-unreachable",
    advice:
      "Check the network, the proxy and SLACK_API_URL; nothing was sent, and it is tried again by itself.",
    cause: wordsOf(cause),
  });

const unsure = (why: string, cause: unknown, { method, channel, readOnly }: Asked) =>
  readOnly
    ? unreachable(why, cause)
    : new TransientError(`Slack gave no clear answer to ${method} for ${channel}: ${why}`, {
        failure: "slack-unsure",
        advice:
          "Nothing to do: Tidewatch looks in the channel before it sends the message again, so nothing is posted twice.",
        cause: wordsOf(cause),
      });

// The client's own errors hold whole responses, which may quote a token. Only their messages are passed on.
const wordsOf = (cause: unknown): Error =>
  new Error(redact(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)));

// Slack may have done the work before a 408 or a 5xx. Any other 4xx means that it did not.
const isRefusedOnTheWay = (status: number) => status >= 400 && status < 500 && status !== 408;

/** The first cause with a message, as one line. */
function reasonOf(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  const { code, message = String(cause) } = cause as NodeJS.ErrnoException;
  return redact(code && !message.includes(String(code)) ? `${message} (${code})` : message)
    .replace(/\s+/g, " ")
    .slice(0, 200);
}

import type { Instant } from "../../../src/time/time.ts";
import type { Acknowledgement, Delivery } from "./delivery.ts";
import { signed } from "./signing.ts";

/** A request as it was sent to the app, to be sent once more or changed. */
export interface SentRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpOptions {
  readonly url: () => string;
  readonly secret: string;
  readonly clock: () => Instant;
  /** How long the app may take, in milliseconds. */
  readonly timeout: number;
}

export type HttpTransport = ReturnType<typeof createHttpTransport>;

/** Tells the app over HTTP, signed as Slack signs. */
export function createHttpTransport({ url, secret, clock, timeout }: HttpOptions) {
  const sent: SentRequest[] = [];

  const send = async (request: SentRequest): Promise<Response> => {
    sent.push(request);
    const { headers, body } = request;
    const signal = AbortSignal.timeout(timeout);
    return fetch(url(), { method: "POST", headers, body, redirect: "manual", signal });
  };

  return {
    /** Every request so far, oldest first. */
    sent: sent as readonly SentRequest[],
    /** Sends a request as it stands: one of `sent` again, or a forged one. */
    send,
    /** What Slack would send. */
    requestOf(delivery: Delivery): SentRequest {
      const { type, body } = bodyOf(delivery);
      return {
        body,
        headers: {
          "content-type": type,
          "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
          ...signed(body, secret, clock()),
          ...(delivery.retry && {
            "x-slack-retry-num": String(delivery.retry.num),
            "x-slack-retry-reason": delivery.retry.reason,
          }),
        },
      };
    },
    async deliver(delivery: Delivery): Promise<Acknowledgement> {
      try {
        const answer = await send(this.requestOf(delivery));
        if (answer.status === 200) return { acked: true, body: await bodyIn(answer) };
        await answer.body?.cancel();
        const error = answer.status >= 500 ? "http_service_error" : "http_client_error";
        return { acked: false, error, dontRetry: answer.headers.get("x-slack-no-retry") === "1" };
      } catch (error) {
        const name = error instanceof Error ? error.name : "";
        return { acked: false, error: words[name] ?? "dispatch_failed" };
      }
    },
  };
}

/** Slack's words for what went wrong on the way. */
const words: Record<string, string> = {
  TimeoutError: "operation_timeout",
  SyntaxError: "invalid_response",
};

function bodyOf({ kind, payload }: Delivery): { readonly type: string; readonly body: string } {
  if (kind === "event") return { type: "application/json", body: JSON.stringify(payload) };
  const fields =
    kind === "command" ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) };
  return { type: "application/x-www-form-urlencoded", body: new URLSearchParams(fields).toString() };
}

async function bodyIn(answer: Response): Promise<unknown> {
  const text = await answer.text();
  return answer.headers.get("content-type")?.includes("json") && text !== "" ? JSON.parse(text) : text;
}

import { Agent, type Dispatcher, request } from "undici";
import { PermanentError, TransientError } from "../../errors.ts";
import { redact } from "../../redact.ts";
import { SECOND } from "../../time/time.ts";
import { checkAddress, outsideLookup, type Resolve } from "./address.ts";
import { networkReasons } from "./network-reasons.ts";
import { refusalOf } from "./refusal.ts";

export interface HttpOptions {
  /** What is called, for people. */
  readonly called: string;
  /** Whether addresses of this machine and of private networks may be called, and without TLS. @default false */
  readonly allowPrivate?: boolean;
  /** How long a request may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
  readonly resolve?: Resolve;
}

/** A request with a JSON body. */
export interface JsonRequest {
  readonly method?: "POST" | "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  /** As it is sent. */
  readonly body?: string;
  /** Whether any answer will do, also a refusal. @default false */
  readonly isAnyAnswer?: boolean;
}

/** The answer to a request that succeeded. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Calls an address. Throws PermanentError when it refuses, and TransientError when that may pass. */
export type Call = (url: URL, request: JsonRequest) => Promise<HttpAnswer>;

/** No answer that matters is longer. */
const LONGEST = 100_000;

/**
 * Calls addresses that people configured: over https, none of a private network unless allowed, the name looked up
 * once for check and connection, no redirect followed, nothing waited for longer than the time-out.
 */
export function httpClient({
  called,
  allowPrivate = false,
  timeout = 10 * SECOND,
  resolve,
}: HttpOptions): Call {
  const agent = new Agent({
    connect: { timeout, ...(!allowPrivate && { lookup: outsideLookup(resolve) }) },
    headersTimeout: timeout,
    bodyTimeout: timeout,
  });
  return async (url, { method = "POST", headers = {}, body, isAnyAnswer = false }) => {
    if (!allowPrivate) checkAddress(url);
    const answer = await request(url, {
      dispatcher: agent,
      method,
      headers: {
        "user-agent": "Tidewatch",
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(timeout),
    }).catch((error: unknown) => {
      throw unreachable(error, called);
    });
    const text = await textOf(answer.body).catch((error: unknown) => {
      throw unreachable(error, called);
    });
    if (isAnyAnswer || (answer.statusCode >= 200 && answer.statusCode < 300))
      return { status: answer.statusCode, body: text };
    throw refusalOf(answer.statusCode, answer.headers, text, called);
  };
}

async function textOf(body: Dispatcher.ResponseData["body"]): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.length;
    // Leaving the loop closes the connection.
    if (size > LONGEST) break;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/** Before these, nothing of a request was sent. */
const NEVER_SENT = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

function unreachable(error: unknown, called: string): Error {
  const fault = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  if (fault instanceof PermanentError || fault instanceof TransientError) return fault;
  const { code, message, name } = fault as NodeJS.ErrnoException;
  const isUnsent = typeof code === "string" && (NEVER_SENT.has(code) || /TLS|CERT|SSL/.test(code));
  return new TransientError(`${called} could not be reached: ${redact(reasons[code ?? name] ?? message)}`, {
    failure: isUnsent ? "destination-unreachable" : "destination-unsure",
    advice: "Check the network between here and it; Tidewatch keeps trying.",
    cause: new Error(redact(`${code ?? name}: ${message}`)),
  });
}

const reasons: Readonly<Record<string, string>> = { ...networkReasons, TimeoutError: "no answer in time" };

/** Looks whether anybody answers at an address, without sending an alert. Returns that in words. */
export async function reach(url: URL, call: Call): Promise<string> {
  await call(url, { method: "HEAD", isAnyAnswer: true });
  return `${url.host} answers; no alert was sent, because each would be real`;
}

/** The name of an alert that nobody ever sends: to end it shows whether a key is accepted, and calls nobody. */
export const NO_ALERT = "tidewatch/doctor";

/** That a destination took such an end. */
export const acceptsKey = (url: URL): string =>
  `${url.host} accepts the key; nobody was called: only the end of an alert was sent that does not exist`;

import { Agent, type Dispatcher, request } from "undici";
import { PermanentError, TransientError } from "../../errors.ts";
import { redact } from "../../redact.ts";
import { MINUTE, SECOND } from "../../time/time.ts";
import { networkReasons } from "../http/network-reasons.ts";
import { MAX_BODY, textOf, tooLong } from "./answers/body-text.ts";
import type { Answer } from "./answers/failure.ts";

/** How long each phase of a request may take, in milliseconds. */
export interface Timeouts {
  readonly connect: number;
  /** From the request to the answer's headers. */
  readonly headers: number;
  /** Between two pieces of the answer's body. */
  readonly body: number;
  /** From beginning to end. */
  readonly total: number;
}

export const defaultTimeouts: Timeouts = {
  connect: 10 * SECOND,
  headers: 30 * SECOND,
  body: 15 * SECOND,
  total: MINUTE,
};

export type Fetch = (url: URL, key: string) => Promise<Answer>;

/** Reads whole answers, with a timeout for each phase and a size limit; follows no redirect. */
export function brazeHttp(timeouts: Timeouts): Fetch {
  const agent = new Agent({
    connect: { timeout: timeouts.connect },
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
  });
  return async (url, key) => {
    checkKey(key);
    try {
      const { statusCode, headers, body } = await request(url, {
        dispatcher: agent,
        headers: {
          authorization: `Bearer ${key}`,
          accept: "application/json",
          "accept-encoding": "identity",
        },
        signal: AbortSignal.timeout(timeouts.total),
      });
      return { status: statusCode, headers, body: textOf(await bytesOf(body), headers) };
    } catch (error) {
      throw unreachable(error, url);
    }
  };
}

async function bytesOf(body: Dispatcher.ResponseData["body"]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.length;
    // Leaving the loop closes the connection.
    if (size > MAX_BODY) throw tooLong();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function checkKey(key: string): void {
  if (/^[\x21-\x7e]+$/.test(key)) return;
  throw new PermanentError(
    "Braze was not asked: the API key is empty or holds blanks or other signs no key has",
    {
      failure: "braze-wrong-key",
      advice: "Copy the key again from Braze (Settings → APIs and Identifiers) and set it as BRAZE_API_KEY.",
    },
  );
}

function unreachable(error: unknown, { host }: URL): Error {
  if (error instanceof TransientError) return error;
  const { code, message, name } = faultOf(error);
  const label = code ?? name;
  return new TransientError(`Braze could not be reached at ${host}: ${reasons[label] ?? message}`, {
    failure: "braze-unreachable",
    advice: adviceFor[label] ?? "Check the network between here and Braze; Tidewatch keeps asking.",
    // undici's own error holds the request; only its message is passed on.
    cause: new Error(redact(`${label}: ${message}`)),
  });
}

// For an address with several IPs, all failures come as one error.
function faultOf(error: unknown): { code?: string | undefined; message: string; name: string } {
  const fault = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const { code, message, name } = fault as NodeJS.ErrnoException;
  return {
    code: typeof code === "string" ? code : undefined,
    message: redact(String(message)),
    name: String(name),
  };
}

const reasons: Readonly<Record<string, string>> = {
  ...networkReasons,
  TimeoutError: "the answer took too long",
};

const misspelt =
  "Check the spelling of BRAZE_REST_ENDPOINT, and that this machine can look up names on the internet.";

const adviceFor: Readonly<Record<string, string>> = {
  ENOTFOUND: misspelt,
  EAI_AGAIN: misspelt,
  ECONNREFUSED: "Check BRAZE_REST_ENDPOINT and the firewall between here and Braze; Tidewatch keeps asking.",
};

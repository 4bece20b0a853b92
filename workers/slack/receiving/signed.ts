import type { IncomingMessage } from "node:http";
import { isValidSlackRequest } from "@slack/bolt";
import type { Clock } from "../../../src/pipeline/ports/clock.ts";
import type { SeenStore } from "../../../src/pipeline/ports/slack.ts";
import { MINUTE, SECOND } from "../../../src/time/time.ts";
import { within } from "./within.ts";

/** The accepted difference between a request's time and this machine's clock. */
const TOLERANCE = 5 * MINUTE;

export interface SignedOptions {
  readonly signingSecret: string;
  readonly seen: SeenStore;
  readonly wallClock: Clock;
}

/**
 * Why the headers of a request cannot be from Slack just now, whatever its body; undefined when they can. Bolt accepts
 * a future time, which is refused here.
 */
export function headersSuspicion(
  { headers }: Pick<IncomingMessage, "headers">,
  { wallClock }: Pick<SignedOptions, "wallClock">,
): string | undefined {
  const { seconds, signature } = signedIn(headers);
  if (!Number.isInteger(seconds) || seconds <= 0 || !/^v0=[0-9a-f]{64}$/.test(signature))
    return "it is not signed";
  return Math.abs(wallClock() - seconds * SECOND) > TOLERANCE ? "its time is not now" : undefined;
}

/** The same for the headers with the body. */
export function bodySuspicion(
  { headers }: Pick<IncomingMessage, "headers">,
  body: Buffer,
  { signingSecret, wallClock }: SignedOptions,
): string | undefined {
  const { seconds, signature } = signedIn(headers);
  const isValid = isValidSlackRequest({
    signingSecret,
    body: body.toString(),
    headers: { "x-slack-signature": signature, "x-slack-request-timestamp": seconds },
    nowMilliseconds: wallClock(),
  });
  return isValid ? undefined : "its signature is wrong";
}

/**
 * Whether a correctly signed request was already received, so that a recorded one cannot be replayed. Only signed
 * requests are stored, so forged ones fill no memory. When Redis does not answer in time the request is accepted,
 * because the deduplicator runs its content only once.
 */
export async function isReplayed(
  { headers }: Pick<IncomingMessage, "headers">,
  { seen }: SignedOptions,
  limit: number,
): Promise<boolean> {
  const { signature } = signedIn(headers);
  try {
    return !(await within(limit, seen.isFirst(`request ${signature}`, 2 * TOLERANCE), "Redis is slow"));
  } catch {
    return false;
  }
}

const signedIn = (headers: IncomingMessage["headers"]) => ({
  seconds: Number(headers["x-slack-request-timestamp"]),
  signature: String(headers["x-slack-signature"] ?? ""),
});

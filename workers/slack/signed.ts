import type { IncomingMessage } from "node:http";
import { isValidSlackRequest } from "@slack/bolt";
import type { Clock } from "../../src/pipeline/ports/clock.ts";
import type { SeenStore } from "../../src/pipeline/ports/console.ts";
import { MINUTE, SECOND } from "../../src/time/time.ts";
import { within } from "./within.ts";

/** How far a request's time may lie from ours, either way. */
const TOLERANCE = 5 * MINUTE;

export interface SignedDeps {
  readonly signingSecret: string;
  readonly seen: SeenStore;
  readonly wallClock: Clock;
}

/**
 * Why the headers of a request cannot be Slack's own of just now, whatever its body; undefined when they can. Bolt takes
 * one with a time to come: it is refused here.
 */
export function headersSuspicion(
  { headers }: Pick<IncomingMessage, "headers">,
  { wallClock }: Pick<SignedDeps, "wallClock">,
): string | undefined {
  const { seconds, signature } = signedIn(headers);
  if (!Number.isInteger(seconds) || seconds <= 0 || !/^v0=[0-9a-f]{64}$/.test(signature))
    return "it is not signed";
  return Math.abs(wallClock() - seconds * SECOND) > TOLERANCE ? "its time is not now" : undefined;
}

/** The same of its headers with its body. */
export function bodySuspicion(
  { headers }: Pick<IncomingMessage, "headers">,
  body: Buffer,
  { signingSecret, wallClock }: SignedDeps,
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
 * Whether a request that is truly signed was sent before, by whoever recorded it: a flood of forgeries fills nothing.
 * Where Redis does not tell in time it is let in: what it asks for has a name of its own, by which it is done once.
 */
export async function isReplayed(
  { headers }: Pick<IncomingMessage, "headers">,
  { seen }: SignedDeps,
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

import type { IncomingMessage } from "node:http";
import { isValidSlackRequest } from "@slack/bolt";
import type { Clock } from "../../src/pipeline/ports/clock.ts";
import type { SeenStore } from "../../src/pipeline/ports/console.ts";
import { MINUTE, SECOND } from "../../src/time/time.ts";

/** How far a request's time may lie from ours, either way. */
const TOLERANCE = 5 * MINUTE;

export interface SignedDeps {
  readonly signingSecret: string;
  readonly seen: SeenStore;
  readonly wallClock: Clock;
}

/**
 * Why a request cannot be Slack's own, sent just now; undefined when it is. Bolt takes one with a time to come, and one
 * that somebody recorded and sends again: these are refused here.
 */
export async function suspicionOf(
  { headers }: Pick<IncomingMessage, "headers">,
  body: Buffer,
  { signingSecret, seen, wallClock }: SignedDeps,
): Promise<string | undefined> {
  const seconds = Number(headers["x-slack-request-timestamp"]);
  const signature = headers["x-slack-signature"];
  if (!Number.isInteger(seconds) || seconds <= 0 || typeof signature !== "string") return "it is not signed";
  if (Math.abs(wallClock() - seconds * SECOND) > TOLERANCE) return "its time is not now";
  const isValid = isValidSlackRequest({
    signingSecret,
    body: body.toString(),
    headers: { "x-slack-signature": signature, "x-slack-request-timestamp": seconds },
    nowMilliseconds: wallClock(),
  });
  if (!isValid) return "its signature is wrong";
  // Only what is truly signed is remembered: a flood of forgeries fills nothing.
  return (await seen.isFirst(`request ${signature}`, 2 * TOLERANCE)) ? undefined : "it came before";
}

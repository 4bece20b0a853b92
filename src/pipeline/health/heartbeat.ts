import { type Facts, isUpToDate } from "../../health/facts.ts";
import type { Context } from "../context.ts";
/** The outcome: not due, held back since something is not evaluated or posted, or called. */
export type HeartbeatSent =
  | { readonly held: "not-evaluated" | "not-posted" }
  | { readonly failed?: string }
  | undefined;

/** Calls the heartbeat when every due bucket of every series is evaluated and every notification is posted. */
export async function sendHeartbeat(
  { series, now }: Facts,
  { outbox, heartbeat }: Pick<Context, "outbox" | "heartbeat">,
): Promise<HeartbeatSent> {
  if (!heartbeat) return undefined;
  if (!series.every((one) => isUpToDate(one, now))) return { held: "not-evaluated" };
  if ((await outbox.all()).size > 0) return { held: "not-posted" };
  return heartbeat();
}

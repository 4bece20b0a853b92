import type { Facts } from "../../health/checks.ts";
import { isUpToDate } from "../../health/series-facts.ts";
import type { Outbox } from "../ports/incidents.ts";
import type { Heartbeat } from "../ports/ops.ts";

export interface BeatDeps {
  readonly outbox: Pick<Outbox, "all">;
  /** Left out: nobody outside listens. */
  readonly heartbeat?: Heartbeat;
}

/** What became of the heartbeat: not due, or something is still to be judged or said, or it was called. */
export type Beaten = { readonly held: "unjudged" | "unsaid" } | { readonly failed?: string } | undefined;

/** Calls the heartbeat when the round is full: every due bucket of every series is judged, and all is said. */
export async function beat({ series, now }: Facts, { outbox, heartbeat }: BeatDeps): Promise<Beaten> {
  if (!heartbeat) return undefined;
  if (!series.every((one) => isUpToDate(one, now))) return { held: "unjudged" };
  if ((await outbox.all()).size > 0) return { held: "unsaid" };
  return heartbeat();
}

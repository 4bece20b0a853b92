import { type Blindness, type BlindnessReason, decideBlindness, gistOf } from "../../health/health-issue.ts";
import { type Instant, MINUTE } from "../../time/time.ts";
import { type PostDeps, postOnce, replyOnce } from "../notifying/idempotent-post.ts";
import type { MessageRef } from "../ports/messages.ts";
import type { BlindnessStore, OpsRenderer } from "../ports/ops.ts";

/** Where and when the people who run Tidewatch are told. */
export interface Ops {
  /** Left out: it is logged only. */
  readonly channel?: string;
  /** When the daily proof of life is due, in milliseconds after midnight by the clock of `zone`. */
  readonly proofAt: number;
  readonly zone: string;
}

export interface TellOpsDeps extends PostDeps {
  readonly ops: Ops;
  readonly opsRenderer: OpsRenderer;
  readonly blindnesses: Pick<BlindnessStore, "save">;
}

/** Says in the ops channel what is to be said of one blindness: a message once, edited in place, its end in the thread. */
export async function tellOps(blindness: Blindness, now: Instant, deps: TellOpsDeps): Promise<Blindness> {
  const { ops, blindnesses } = deps;
  const { told: last, ...untold } = blindness;
  // Told in a channel that is no longer the one of operations, it is to be told in that which is.
  const before = last?.channel === ops.channel ? last : undefined;
  const known = before ? blindness : untold;
  if (!ops.channel || isMute(blindness, ops.channel)) return known;
  const decision = decideBlindness(blindness, before, now);
  if ("stayQuiet" in decision) return known;
  const ref = await say(decision.say, blindness, before, ops.channel, deps);
  const isOver = decision.say === "resolved";
  const told = { ...blindness, told: { gist: gistOf(blindness), isOver, at: now, ...ref } };
  await blindnesses.save(told);
  return told;
}

// That Slack is gone, or this very channel, cannot be said there.
const isMute = ({ kind, id }: Blindness, channel: string) => kind === "slack" || id === `channel.${channel}`;

async function say(
  reason: BlindnessReason,
  blindness: Blindness,
  before: MessageRef | undefined,
  channel: string,
  deps: TellOpsDeps,
): Promise<MessageRef> {
  const { messenger, opsRenderer } = deps;
  const message = opsRenderer.blindness(blindness);
  const isMoved = blindness.told && !before;
  const messageId = `${messageIdOf(blindness)}${isMoved ? `/${channel}` : ""}`;
  if (!before) return postOnce(channel, message, { messageId }, deps);

  const ref = { channel: before.channel, ts: before.ts };
  const isThere = await messenger.update(ref, message, messageId);
  if (reason === "resolved") {
    // The end of what somebody deleted concerns nobody any more.
    if (isThere) {
      await replyOnce(ref, opsRenderer.over(blindness), { messageId: `${messageId}/over` }, deps);
    }
    return ref;
  }
  return isThere ? ref : postOnce(channel, message, { messageId: `${messageId}/again-${ref.ts}` }, deps);
}

const messageIdOf = ({ id, firstSeen }: Blindness): string =>
  `ops/${id}@${new Date(Math.floor(firstSeen / MINUTE) * MINUTE).toISOString().slice(0, 16)}`;

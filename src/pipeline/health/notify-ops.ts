import {
  decideHealthIssue,
  gistOf,
  type HealthIssue,
  type HealthIssueReason,
} from "../../health/health-issue.ts";
import { type Instant, MINUTE } from "../../time/time.ts";
import type { Context } from "../context.ts";
import { postOnce, replyOnce } from "../notifying/idempotent-post.ts";
import type { MessageRef } from "../ports/messages.ts";

/**
 * Posts one health issue in the ops channel: one message, edited in place; its end also goes to the thread. Returns it
 * as it is stored then.
 */
export async function notifyOps(
  healthIssue: HealthIssue,
  now: Instant,
  context: Context,
): Promise<HealthIssue | undefined> {
  const { ops, healthIssues } = context;
  const known = postedIn(ops.channel, healthIssue);
  const before = known.lastNotified;
  if (!ops.channel || isMute(healthIssue, ops.channel)) return known;
  const decision = decideHealthIssue(healthIssue, before, now);
  if ("suppress" in decision) return known;
  const ref = await notify(decision.notify, healthIssue, before, ops.channel, context);
  const isOver = decision.notify === "resolved";
  const lastNotified = { gist: gistOf(healthIssue), isOver, at: now, ...ref };
  return healthIssues.update(healthIssue.id, (stored) => stored && { ...stored, lastNotified });
}

/** A health issue without what was posted of it in a former ops channel: it is posted again in the present one. */
export function postedIn(channel: string | undefined, healthIssue: HealthIssue): HealthIssue {
  const { lastNotified, ...unposted } = healthIssue;
  return lastNotified?.channel === channel ? healthIssue : unposted;
}

// A failure of Slack, or of this channel, cannot be posted there.
const isMute = ({ kind, id }: HealthIssue, channel: string) =>
  kind === "slack" || id === `channel.${channel}`;

async function notify(
  reason: HealthIssueReason,
  healthIssue: HealthIssue,
  before: MessageRef | undefined,
  channel: string,
  context: Context,
): Promise<MessageRef> {
  const { messenger, opsRenderer } = context;
  const message = opsRenderer.healthIssue(healthIssue);
  const isMoved = healthIssue.lastNotified && !before;
  const messageId = `${messageIdOf(healthIssue)}${isMoved ? `/${channel}` : ""}`;
  if (!before) return postOnce(channel, message, { messageId }, context);

  const ref = { channel: before.channel, ts: before.ts };
  const isThere = await messenger.update(ref, message, messageId);
  if (reason === "resolved") {
    // If the message was deleted, its end is not posted.
    if (isThere) {
      await replyOnce(ref, opsRenderer.over(healthIssue), { messageId: `${messageId}/over` }, context);
    }
    return ref;
  }
  return isThere ? ref : postOnce(channel, message, { messageId: `${messageId}/again-${ref.ts}` }, context);
}

const messageIdOf = ({ id, firstSeen }: HealthIssue): string =>
  `ops/${id}@${new Date(Math.floor(firstSeen / MINUTE) * MINUTE).toISOString().slice(0, 16)}`;

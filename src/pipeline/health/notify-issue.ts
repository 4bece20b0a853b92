import { isNotice } from "../../health/checks.ts";
import {
  decideHealthIssue,
  gistOf,
  type HealthIssue,
  type HealthIssueReason,
} from "../../health/health-issue.ts";
import { type Instant, MINUTE, SECOND } from "../../time/time.ts";
import type { Context } from "../context.ts";
import { postOnce, replyOnce } from "../notifying/idempotent-post.ts";
import { suppressions } from "../notifying/suppression.ts";
import type { Message, MessageRef } from "../ports/messages.ts";

/** Longer than a request to Slack may take, shorter than the pause until the health monitor runs again. */
const LEASE = 30 * SECOND;

/**
 * Posts one health issue: one message in the ops channel, edited in place, whose end also goes to the thread; or one
 * quiet line in the channel that it is about. Returns it as it is stored then.
 */
export async function notifyIssue(
  healthIssue: HealthIssue,
  now: Instant,
  context: Context,
): Promise<HealthIssue | undefined> {
  const place = placeOf(healthIssue, context);
  const known = postedIn(place, healthIssue);
  const before = known.lastNotified;
  if (place === undefined || isMute(healthIssue, place)) return known;
  const decision = decideHealthIssue(healthIssue, before, now);
  if ("suppress" in decision) return known;
  if (isNotice(healthIssue) && !before && (await isQuiet(place, context))) return known;
  const ref = await notify(decision.notify, healthIssue, before, place, context);
  const isOver = decision.notify === "resolved";
  const lastNotified = { gist: gistOf(healthIssue), isOver, at: now, ...ref };
  return context.healthIssues.update(healthIssue.id, (stored) => stored && { ...stored, lastNotified });
}

/** Where a health issue is posted; undefined for nowhere. The ops channel has the causes of what a notice tells. */
export function placeOf(issue: Pick<HealthIssue, "kind" | "id">, { ops }: Pick<Context, "ops">) {
  if (!isNotice(issue)) return ops.channel;
  const channel = issue.id.slice(issue.kind.length + 1);
  return channel === ops.channel ? undefined : channel;
}

/** A health issue without what was posted of it elsewhere: it is posted again in the present ops channel. */
export function postedIn(channel: string | undefined, healthIssue: HealthIssue): HealthIssue {
  const { lastNotified, ...unposted } = healthIssue;
  return lastNotified?.channel === channel ? healthIssue : unposted;
}

// A failure of Slack, or of this channel, cannot be posted there.
const isMute = ({ kind, id }: HealthIssue, channel: string) =>
  kind === "slack" || kind === "slack-down" || id === `channel.${channel}`;

/** Whether nobody wants to be notified in a channel now: all its watches are muted or in their quiet hours. */
async function isQuiet(channel: string, context: Context): Promise<boolean> {
  const [watches, suppressionOf] = await Promise.all([context.watches.all(), suppressions(context)]);
  return watches
    .filter((watch) => watch.channel === channel)
    .every((watch) => suppressionOf({ severity: "warning" }, watch));
}

async function notify(
  reason: HealthIssueReason,
  healthIssue: HealthIssue,
  before: MessageRef | undefined,
  channel: string,
  context: Context,
): Promise<MessageRef> {
  const { messenger, renderer } = context;
  const message = await messageOf(healthIssue, channel, context);
  const isMoved = healthIssue.lastNotified && !before;
  const messageId = `${messageIdOf(healthIssue)}${isMoved ? `/${channel}` : ""}`;
  if (!before) return postOnce(channel, message, { messageId, lease: LEASE }, context);

  const ref = { channel: before.channel, ts: before.ts };
  const isThere = await messenger.update(ref, message, messageId);
  // A notice that somebody deleted has been read.
  if (isNotice(healthIssue)) return ref;
  if (reason === "resolved") {
    // If the message was deleted, its end is not posted.
    if (isThere) {
      await replyOnce(
        ref,
        renderer.ops.over(healthIssue),
        { messageId: `${messageId}/over`, lease: LEASE },
        context,
      );
    }
    return ref;
  }
  return isThere
    ? ref
    : postOnce(channel, message, { messageId: `${messageId}/again-${ref.ts}`, lease: LEASE }, context);
}

async function messageOf(
  healthIssue: HealthIssue,
  channel: string,
  { renderer, watches, ops }: Context,
): Promise<Message> {
  if (!isNotice(healthIssue)) return renderer.ops.healthIssue(healthIssue);
  const here = (await watches.all()).filter((watch) => watch.channel === channel);
  return renderer.ops.notice(healthIssue, {
    watches: here.length,
    ...(ops.channel !== undefined && { opsChannel: ops.channel }),
  });
}

const messageIdOf = ({ id, firstSeen }: HealthIssue): string =>
  `ops/${id}@${new Date(Math.floor(firstSeen / MINUTE) * MINUTE).toISOString().slice(0, 16)}`;

import { PermanentError, TransientError } from "../../errors.ts";
import type { Context } from "../context.ts";
import type { Message, MessageRef, Posted, PostOptions } from "../ports/messages.ts";

/** How a message is posted once. */
export interface PostOnceOptions extends PostOptions {
  /**
   * For what no job posts, since no lock keeps two processes apart: how long, in milliseconds, a message that is being
   * sent is left to who sends it. @default 0
   */
  readonly lease?: number;
}

/**
 * Posts a message unless the notification log or Slack shows that it was posted. After a crash or a lost reply, it
 * looks in the channel before it posts again. Throws TransientError ("taken-over") if another writer sends it.
 */
export async function postOnce(
  channel: string,
  message: Message,
  { lease = 0, ...options }: PostOnceOptions,
  { messenger, notificationLog, whenUnsure, wallClock }: Context,
): Promise<Posted> {
  const { messageId, thread } = options;
  const entry = await notificationLog.entry(messageId);
  if (entry?.state === "sent") return { channel: entry.channel, ts: entry.ts };
  if (entry?.state === "sending" && wallClock() < entry.since + lease) throw takenOver(messageId);
  if (entry) {
    const found = await messenger.find(channel, messageId, entry.since, thread);
    const ref = found === "cannot-look" ? whenUncheckable(whenUnsure, channel) : found;
    if (ref) {
      await notificationLog.save(messageId, { state: "sent", ...ref });
      return ref;
    }
  }

  const since = entry?.since ?? wallClock();
  const claim = await notificationLog.claim(messageId, since, entry);
  if (!claim) throw takenOver(messageId);
  let ref: MessageRef;
  let posted: Posted;
  try {
    posted = await messenger.post(channel, message, options);
    ref = { channel: posted.channel, ts: posted.ts };
  } catch (error) {
    // A clear refusal says nothing about an earlier attempt whose reply was lost.
    await notificationLog.release(claim, entry || mayHaveArrived(error) ? "unknown" : "unsent");
    throw error;
  }
  await notificationLog.save(messageId, { state: "sent", ...ref });
  return posted;
}

/**
 * Posts a reply once. A reply that Slack refuses in every form is skipped: the health check reports it, and it holds up
 * nothing else.
 */
export async function replyOnce(
  { channel, ts }: MessageRef,
  message: Message,
  options: Omit<PostOnceOptions, "thread">,
  context: Context,
): Promise<Posted | undefined> {
  try {
    return await postOnce(channel, message, { ...options, thread: ts }, context);
  } catch (error) {
    if (!(error instanceof PermanentError) || error.failure !== "slack-rejected") throw error;
    return undefined;
  }
}

const takenOver = (messageId: string): TransientError =>
  new TransientError(`another worker is sending ${messageId} right now`, {
    failure: "taken-over",
    advice: "Nothing to do: the next run finds the message that it sent.",
  });

/** Whether a message that failed this way may have been posted. */
export const mayHaveArrived = (error: unknown): boolean =>
  !(error instanceof Error) || !("failure" in error) || error.failure === "slack-unsure";

// A message that counts as posted has no ts of its own; editing it posts it anew.
const whenUncheckable = (whenUnsure: "twice" | "never", channel: string): MessageRef | undefined =>
  whenUnsure === "never" ? { channel, ts: "0" } : undefined;

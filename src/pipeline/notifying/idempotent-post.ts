import { PermanentError, TransientError } from "../../errors.ts";
import type {
  Message,
  MessageRef,
  Messenger,
  NotificationLog,
  Posted,
  PostOptions,
} from "../ports/messages.ts";

export interface PostDeps {
  readonly messenger: Messenger;
  readonly notificationLog: NotificationLog;
  /** What to do where a message may have arrived and nobody may look: risk saying it twice, or never. */
  readonly whenUnsure: "twice" | "never";
  /** Wall-clock time, since Slack's own clock is compared with it. */
  readonly wallClock: () => number;
}

/**
 * Posts a message unless the notification log, or Slack itself, shows that it is there. After a crash or an answer that never
 * came, the channel is looked at before it is sent again.
 */
export async function postOnce(
  channel: string,
  message: Message,
  options: PostOptions,
  { messenger, notificationLog, whenUnsure, wallClock }: PostDeps,
): Promise<Posted> {
  const { messageId, thread } = options;
  const entry = await notificationLog.entry(messageId);
  if (entry?.state === "sent") return { channel: entry.channel, ts: entry.ts };
  if (entry) {
    const found = await messenger.find(channel, messageId, entry.since, thread);
    const ref = found === "cannot-look" ? whenBlind(whenUnsure, channel) : found;
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
    // A clear refusal says nothing about an earlier attempt whose answer never came.
    await notificationLog.release(claim, entry || mayHaveArrived(error) ? "unknown" : "unsent");
    throw error;
  }
  await notificationLog.save(messageId, { state: "sent", ...ref });
  return posted;
}

/**
 * Posts a reply once. One that Slack refuses in every form is passed over: the health check tells of it, and it holds up
 * nothing else.
 */
export async function replyOnce(
  { channel, ts }: MessageRef,
  message: Message,
  options: Omit<PostOptions, "thread">,
  deps: PostDeps,
): Promise<Posted | undefined> {
  try {
    return await postOnce(channel, message, { ...options, thread: ts }, deps);
  } catch (error) {
    if (!(error instanceof PermanentError) || error.failure !== "slack-rejected") throw error;
    return undefined;
  }
}

const takenOver = (messageId: string): TransientError =>
  new TransientError(`another worker sends ${messageId} in this moment`, {
    failure: "taken-over",
    advice: "Nothing is to be done: what it sent is found at the next look.",
  });

/** Whether what failed so may have happened all the same. */
export const mayHaveArrived = (error: unknown): boolean =>
  !(error instanceof Error) || !("failure" in error) || error.failure === "slack-unsure";

// A message that is taken for said has no ts of its own; editing it will post it anew.
const whenBlind = (whenUnsure: "twice" | "never", channel: string): MessageRef | undefined =>
  whenUnsure === "never" ? { channel, ts: "0" } : undefined;

import type { Notification } from "../../notifications/notification.ts";
import type { Instant } from "../../time/time.ts";

/** Where a message stands: meant to be sent, known to be there, or lost sight of. */
export type NotificationLogEntry =
  | { readonly state: "sending" | "unknown"; readonly since: Instant; readonly token?: string }
  | { readonly state: "sent"; readonly channel: string; readonly ts: string };

/** That one writer, and nobody else, is about to send a message. */
export interface Claim {
  readonly messageId: string;
  readonly since: Instant;
  readonly token: string;
}

/** What was sent to Slack, by message id, so that nothing is posted twice. `since` is wall-clock time. */
export interface NotificationLog {
  entry(messageId: string): Promise<NotificationLogEntry | undefined>;
  save(messageId: string, entry: NotificationLogEntry): Promise<void>;
  /**
   * Notes that a message is about to be sent; undefined where its entry is no longer as it was read (`seen`), since another
   * writer sends it, or has.
   */
  claim(messageId: string, since: Instant, seen?: NotificationLogEntry): Promise<Claim | undefined>;
  /** Notes what came of a claim that was not kept: nothing was sent, or nobody knows. What another writer noted since stays. */
  release(claim: Claim, as: "unsent" | "unknown"): Promise<void>;
}

export type Block = Readonly<Record<string, unknown>>;

/** A message as Slack takes it: `text` is the fallback and the notification line. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** What may stand after the first block, the best first: where Slack refuses one, the next is sent, at last none. */
  readonly chartImages?: readonly Block[];
}

/** Where a posted message is. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

/** A message that was posted just now, with the image that Slack took with it. */
export interface Posted extends MessageRef {
  readonly chartImage?: Block;
}

/** Tells the address at which a message can be read; undefined where it is not known. Never fails. */
export type Permalinks = (ref: MessageRef) => Promise<string | undefined>;

/** Turns notices into messages; pure. */
export interface Renderer {
  /** The message of the cause itself, as it now stands. */
  root(notification: Notification): Message;
  /** What is said in its thread; nothing when this reason needs no word there. */
  replies(notification: Notification): Message[];
}

/** What a message is known by, and where it stands. */
export interface PostOptions {
  readonly messageId: string;
  readonly thread?: string;
  readonly broadcast?: boolean;
}

/** Slack, as far as notices need it. Errors: PermanentError, TransientError ("slack-unsure": it may have arrived). */
export interface Messenger {
  post(channel: string, message: Message, options: PostOptions): Promise<Posted>;
  /** Replaces a message in place. Answers false when somebody deleted it. */
  update(ref: MessageRef, message: Message, messageId: string): Promise<boolean>;
  /**
   * Looks for a message of ours by its id in the channel (or thread) since an instant of wall-clock time.
   * "cannot-look" where the token lacks the scope for it.
   */
  find(
    channel: string,
    messageId: string,
    since: Instant,
    thread?: string,
  ): Promise<MessageRef | undefined | "cannot-look">;
}

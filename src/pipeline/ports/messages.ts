import type { Instant } from "../../time/time.ts";

/** The state of a message: about to be sent, sent, or unknown. */
export type NotificationLogEntry =
  | { readonly state: "sending" | "unknown"; readonly since: Instant; readonly token?: string }
  | { readonly state: "sent"; readonly channel: string; readonly ts: string };

/** The exclusive right of one writer to send a message. */
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
   * Records that a message is about to be sent. Undefined when its entry is not as it was read (`seen`): another writer
   * sends it, or has.
   */
  claim(messageId: string, since: Instant, seen?: NotificationLogEntry): Promise<Claim | undefined>;
  /** Records that a claimed message was not sent, or that nobody knows. Keeps what another writer recorded since. */
  release(claim: Claim, as: "unsent" | "unknown"): Promise<void>;
}

export type Block = Readonly<Record<string, unknown>>;

/** A message as Slack takes it: `text` is the fallback and the push notification. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Blocks that may follow the first, the best first: when Slack refuses one, the next is tried, and finally none. */
  readonly chartImages?: readonly Block[];
}

/** Where a posted message is. */
export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

/** A message just posted, with the image that Slack accepted. */
export interface Posted extends MessageRef {
  readonly chartImage?: Block;
}

/** Returns the address of a message; undefined if unknown. Never fails. */
export type Permalinks = (ref: MessageRef) => Promise<string | undefined>;

/** The id of a message, and where to post it. */
export interface PostOptions {
  readonly messageId: string;
  readonly thread?: string;
  readonly broadcast?: boolean;
}

/**
 * Slack, as far as notifications need it. Errors: PermanentError, TransientError ("slack-unsure": it may have arrived).
 */
export interface Messenger {
  post(channel: string, message: Message, options: PostOptions): Promise<Posted>;
  /** Replaces a message in place. Returns false when somebody deleted it. */
  update(ref: MessageRef, message: Message, messageId: string): Promise<boolean>;
  /**
   * Finds a message of ours by its id in the channel (or thread) since an instant of wall-clock time. "cannot-look"
   * when the token lacks the scope.
   */
  find(
    channel: string,
    messageId: string,
    since: Instant,
    thread?: string,
  ): Promise<MessageRef | undefined | "cannot-look">;
}

import type { Instant } from "../../src/time/time.ts";

export type Block = Readonly<Record<string, unknown>>;

/** What a message says. */
export interface Content {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: {
    readonly event_type: string;
    readonly event_payload: Readonly<Record<string, unknown>>;
  };
}

/** A message as the workspace keeps it. */
export interface SlackMessage extends Content {
  readonly ts: string;
  /** The root message's `ts`, in replies. */
  readonly threadTs?: string;
  /** A reply that the channel shows too. */
  readonly isBroadcast?: boolean;
  /** The files that were shared with it, by id. */
  readonly files?: readonly string[];
  /** The person who wrote it. @default the bot */
  readonly by?: string;
  /** When it was last edited. */
  readonly editedAt?: Instant;
  /** What it said before each edit, oldest first. */
  readonly before: readonly Content[];
}

import type { KnownBlock } from "@slack/types";
import type { Message } from "../../../pipeline/ports/messages.ts";

/** The answer to a command. */
export interface Answer extends Message {
  /** Whether the whole channel sees the answer; otherwise only its requester does. */
  readonly isForAll?: boolean;
  /** All it says, in mrkdwn, where the blocks may have room for a part only. */
  readonly lines?: readonly string[];
  /** What a terminal prints instead, as it is. */
  readonly verbatim?: string;
}

/** @param lines all it says, where the blocks may have room for a part only */
export const answerOf = (text: string, blocks: readonly KnownBlock[], lines?: readonly string[]): Answer => ({
  text,
  blocks: blocks.map((block) => ({ ...block })),
  ...(lines && { lines }),
});

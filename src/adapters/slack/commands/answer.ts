import type { KnownBlock } from "@slack/types";
import type { Message } from "../../../pipeline/ports/messages.ts";

/** The answer to a command. */
export interface Answer extends Message {
  /** Whether the whole channel sees the answer; otherwise only its requester does. */
  readonly isForAll?: boolean;
}

export const answerOf = (text: string, blocks: readonly KnownBlock[]): Answer => ({
  text,
  blocks: blocks.map((block) => ({ ...block })),
});

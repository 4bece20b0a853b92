import type { KnownBlock } from "@slack/types";
import type { Message } from "../../../pipeline/ports/messages.ts";

/** What is answered to whoever typed a command. */
export interface Answer extends Message {
  /** Whether the whole channel is to see it; else only who asked. */
  readonly isForAll?: boolean;
}

export const answerOf = (text: string, blocks: readonly KnownBlock[]): Answer => ({
  text,
  blocks: blocks.map((block) => ({ ...block })),
});

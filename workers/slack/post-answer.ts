import type { KnownBlock } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { formsOf, sendPlainer } from "../../src/adapters/slack/client/plainer.ts";
import type { Message } from "../../src/pipeline/ports/messages.ts";
import type { SlackContext } from "./context.ts";
import { messageOf } from "./failure.ts";

interface Content {
  readonly text: string;
  readonly blocks?: KnownBlock[];
}

/** Posts an answer to what somebody wrote, in the best form that Slack accepts. A failure is logged. */
export async function postAnswer(
  answer: Message,
  post: (form: Content) => Promise<unknown>,
  { log }: Pick<SlackContext, "log">,
): Promise<void> {
  try {
    await sendPlainer(formsOf(answer), ({ text, blocks }) =>
      post({
        text,
        ...(blocks.length > 0 && { blocks: blocks as unknown as KnownBlock[] }),
      }),
    );
  } catch (error) {
    log.warn({ error: messageOf(error) }, "console.unanswered");
  }
}

/** Where somebody wrote something. */
export interface Written {
  readonly user: string;
  readonly channel: string;
  readonly thread?: string;
}

/** Posts an answer there that only its author sees. */
export const postPrivately = (
  answer: Message,
  { user, channel, thread }: Written,
  client: WebClient,
  context: Pick<SlackContext, "log">,
): Promise<void> =>
  postAnswer(
    answer,
    (form) => client.chat.postEphemeral({ user, channel, ...(thread && { thread_ts: thread }), ...form }),
    context,
  );

import type { KnownBlock } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { type Form, formsOf, sendPlainer } from "../../src/adapters/slack/client/plainer.ts";
import { refusalMessage } from "../../src/adapters/slack/commands/refusal.ts";
import { failureHome } from "../../src/adapters/slack/views/plain-modals.ts";
import type { Log } from "../../src/log.ts";
import type { Message } from "../../src/pipeline/ports/messages.ts";
import { messageOf } from "./failure.ts";
import { inTurn } from "./in-turn.ts";
import { respondTo } from "./response-url.ts";

/** A person, and where to reach them. */
export interface Reachable {
  readonly user: string;
  /** The channel of their action. */
  readonly channel?: string;
  /** Slack's address for an answer to it. */
  readonly responseUrl?: string;
}

/**
 * Sends a person privately what no form can show any more: where they acted, otherwise on their dashboard, because a
 * bot with direct messages turned off cannot write to them.
 */
export async function notifyPrivately(
  client: WebClient,
  { user, channel, responseUrl }: Reachable,
  why: string,
  log: Pick<Log, "warn">,
): Promise<void> {
  const answer = refusalMessage(why);
  const ways = [
    ...(responseUrl
      ? [() => inSomeForm(answer, (form) => respondTo(responseUrl, { ...alone, ...form }))]
      : []),
    ...(channel
      ? [() => inSomeForm(answer, (form) => client.chat.postEphemeral({ user, channel, ...form }))]
      : []),
    () => inTurn(user, () => client.views.publish({ user_id: user, view: failureHome(why) })),
  ];
  for (const notifyBy of ways) {
    try {
      await notifyBy();
      return;
    } catch (error) {
      log.warn({ user, channel, unsent: answer.text, error: messageOf(error) }, "console.unanswered");
    }
  }
}

/** Visible to one person, below their action. */
const alone = { response_type: "ephemeral", replace_original: false };

const inSomeForm = (
  answer: Message,
  send: (content: { text: string; blocks?: KnownBlock[] }) => Promise<unknown>,
): Promise<unknown> => sendPlainer(formsOf(answer), (form) => send(contentOf(form)));

const contentOf = ({ text, blocks }: Form) => ({
  text,
  ...(blocks.length > 0 && { blocks: blocks as unknown as KnownBlock[] }),
});

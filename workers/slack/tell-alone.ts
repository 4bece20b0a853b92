import type { KnownBlock } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { type Form, formsOf, sendPlainer } from "../../src/adapters/slack/client/plainer.ts";
import type { Answer } from "../../src/adapters/slack/commands/answer.ts";
import { refusalAnswer } from "../../src/adapters/slack/commands/refusal.ts";
import { failureHome } from "../../src/adapters/slack/views/plain-modals.ts";
import type { Log } from "../../src/log.ts";
import { messageOf } from "./failure.ts";
import { respondTo } from "./response-url.ts";

/** Somebody, and where they can be told something. */
export interface Reachable {
  readonly user: string;
  /** The channel in which they did something. */
  readonly channel?: string;
  /** Where Slack takes an answer to it. */
  readonly responseUrl?: string;
}

/**
 * Tells somebody alone what no form can show any more: where they did something, else on their dashboard, since a bot
 * whose messages are switched off can write to nobody.
 */
export async function tellAlone(
  client: WebClient,
  { user, channel, responseUrl }: Reachable,
  why: string,
  log: Pick<Log, "warn">,
): Promise<void> {
  const answer = refusalAnswer(why);
  const ways = [
    ...(responseUrl
      ? [() => inSomeForm(answer, (form) => respondTo(responseUrl, { ...alone, ...form }))]
      : []),
    ...(channel
      ? [() => inSomeForm(answer, (form) => client.chat.postEphemeral({ user, channel, ...form }))]
      : []),
    () => client.views.publish({ user_id: user, view: failureHome(why) }),
  ];
  for (const tell of ways) {
    try {
      await tell();
      return;
    } catch (error) {
      log.warn({ user, channel, said: answer.text, error: messageOf(error) }, "console.unanswered");
    }
  }
}

/** What is seen by one person, below what they did. */
const alone = { response_type: "ephemeral", replace_original: false };

const inSomeForm = (
  answer: Answer,
  send: (content: { text: string; blocks?: KnownBlock[] }) => Promise<unknown>,
): Promise<unknown> => sendPlainer(formsOf(answer), (form) => send(contentOf(form)));

const contentOf = ({ text, blocks }: Form) => ({
  text,
  ...(blocks.length > 0 && { blocks: blocks as unknown as KnownBlock[] }),
});

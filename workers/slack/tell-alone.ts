import type { KnownBlock } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Answer } from "../../src/adapters/slack/commands/answer.ts";
import { refusalAnswer } from "../../src/adapters/slack/commands/refusal.ts";
import { troubleHome } from "../../src/adapters/slack/views/plain-modals.ts";
import type { Log } from "../../src/log.ts";
import { SECOND } from "../../src/time/time.ts";
import { messageOf } from "./failure.ts";

/** Somebody, and where they can be told something. */
export interface Reachable {
  readonly user: string;
  /** The channel in which they did something. */
  readonly channel?: string;
  /** Where Slack takes an answer to it. */
  readonly responseUrl?: string;
}

const ANSWER_WITHIN = 10 * SECOND;

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
    ...(responseUrl ? [() => respondTo(responseUrl, answer)] : []),
    ...(channel ? [() => client.chat.postEphemeral({ user, channel, ...contentOf(answer) })] : []),
    () => client.views.publish({ user_id: user, view: troubleHome(why) }),
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

const contentOf = ({ text, blocks }: Answer) => ({ text, blocks: blocks as unknown as KnownBlock[] });

async function respondTo(url: string, answer: Answer): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ response_type: "ephemeral", replace_original: false, ...contentOf(answer) }),
    redirect: "error",
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`Slack answered ${response.status}`);
}

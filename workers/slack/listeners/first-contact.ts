import type { KnownBlock } from "@slack/types";
import { formsOf, sendPlainer } from "../../../src/adapters/slack/client/plainer.ts";
import { answerMessage } from "../../../src/adapters/slack/commands/answer.ts";
import { parseCommand } from "../../../src/commands/parse.ts";
import { perform } from "../../../src/commands/perform.ts";
import { postOnce } from "../../../src/pipeline/notifying/idempotent-post.ts";
import type { Message } from "../../../src/pipeline/ports/messages.ts";
import { welcomeAnswer } from "../../../src/text/answers/welcome.ts";
import type { Listen, SlackContext } from "../context.ts";
import { messageOf } from "../failure.ts";
import { answerOr } from "../reply.ts";

/** An invitation, a mention and a direct message: a welcome, or the answer to the command that somebody wrote. */
export const listenToFirstContact: Listen = (app, context) => {
  let self: string | undefined;
  app.event("member_joined_channel", async ({ event, client }) => {
    self ??= (await client.auth.test()).user_id;
    if (event.user !== self) return;
    const messageId = `welcome/${event.channel}/${event.event_ts}`;
    await postOnce(event.channel, answerMessage(welcomeAnswer()), { messageId }, context.bot);
  });
  app.event("app_mention", async ({ event, client }) => {
    const { user, channel, text, thread_ts: thread } = event;
    if (!user) return;
    const answer = await answerTo(withoutMention(text), { user, channel }, context);
    await send(
      answer,
      (form) => client.chat.postEphemeral({ user, channel, ...(thread && { thread_ts: thread }), ...form }),
      context,
    );
  });
  app.event("message", async ({ event, client }) => {
    // What bots write, and edits, are no messages of a person.
    if (event.channel_type !== "im" || event.subtype !== undefined || event.bot_id) return;
    const { user, channel, text = "" } = event;
    const answer = await answerTo(text, { user, channel }, context);
    await send(answer, (form) => client.chat.postMessage({ channel, ...form }), context);
  });
};

const withoutMention = (text: string): string => text.replace(/<@[UW][A-Z0-9]+(?:\|[^>]*)?>/g, " ").trim();

/** The answer to what somebody wrote: that of the command, or a welcome where nothing is asked. */
async function answerTo(
  text: string,
  actor: { readonly user: string; readonly channel: string },
  context: SlackContext,
): Promise<Message> {
  const isGreeting = /^\W*(?:h(?:i|ello|ey)|start)?(?: there| tidewatch)?\W*$/i.test(text);
  if (isGreeting) return answerMessage(welcomeAnswer());
  return answerOr(() => perform(parseCommand(text), actor, context), context.log);
}

interface Content {
  readonly text: string;
  readonly blocks?: KnownBlock[];
}

async function send(
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

import { withoutMention } from "../../../src/adapters/slack/blocks/mentions.ts";
import { answerMessage } from "../../../src/adapters/slack/commands/answer.ts";
import { parseCommand } from "../../../src/commands/parse.ts";
import { perform } from "../../../src/commands/perform.ts";
import { postOnce } from "../../../src/pipeline/notifying/idempotent-post.ts";
import type { Message } from "../../../src/pipeline/ports/messages.ts";
import { welcomeAnswer } from "../../../src/text/answers/welcome.ts";
import type { Listen, SlackContext } from "../context.ts";
import { postAnswer, postPrivately } from "../post-answer.ts";
import { answerOr } from "../reply.ts";
import { selfOf } from "../self.ts";
import { answerReply } from "./thread.ts";

/** An invitation, a mention and a direct message: a welcome, or the answer to the command that somebody wrote. */
export const listenToFirstContact: Listen = (app, context) => {
  app.event("member_joined_channel", async ({ event, client }) => {
    if (event.user !== (await selfOf(client))) return;
    const messageId = `welcome/${event.channel}/${event.event_ts}`;
    await postOnce(event.channel, answerMessage(welcomeAnswer()), { messageId }, context.bot);
  });
  app.event("app_mention", async ({ event, client }) => {
    const { user, channel, ts, thread_ts: thread } = event;
    // What bots write is no message of a person, and neither is an edit, which Slack reports as a mention, too.
    const self = await selfOf(client);
    if (!user || user === self || "bot_id" in event || "edited" in event) return;
    // Mentions of others are part of a note.
    const text = withoutMention(event.text, self);
    const isReply =
      thread !== undefined &&
      thread !== ts &&
      (await answerReply({ text, ts, isAddressed: true }, { user, channel, thread }, client, context));
    if (isReply) return;
    const answer = await answerTo(text, { user, channel }, context);
    await postPrivately(answer, { user, channel, ...(thread && { thread }) }, client, context);
  });
  app.event("message", async ({ event, client }) => {
    // What bots write, and edits, are no messages of a person.
    if (event.channel_type !== "im" || event.subtype !== undefined || event.bot_id) return;
    const { user, channel, text = "", thread_ts: thread } = event;
    const answer = await answerTo(text, { user, channel }, context);
    await postAnswer(
      answer,
      (form) => client.chat.postMessage({ channel, ...(thread && { thread_ts: thread }), ...form }),
      context,
    );
  });
};

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

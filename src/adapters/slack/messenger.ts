import type { KnownBlock } from "@slack/types";
import type { Message, Messenger } from "../../pipeline/ports/messages.ts";
import { keepSecret } from "../../redact.ts";
import { type ClientOptions, slackClient } from "./client.ts";
import { consequenceOf } from "./error-table.ts";
import { codeOf, slackError } from "./errors.ts";
import { EVENT_TYPE, findMessage } from "./find.ts";

/** Posts, edits and finds messages through Slack's Web API. */
export function slackMessenger(options: ClientOptions): Messenger {
  keepSecret(options.token);
  const client = slackClient(options);
  const { log } = options;
  return {
    async post(channel, message, { messageId, thread, broadcast }) {
      try {
        const answer = await withPicture(message, log, (message) =>
          client.chat.postMessage({
            channel,
            ...bodyOf(message, messageId),
            unfurl_links: false,
            unfurl_media: false,
            ...(thread && (broadcast ? { thread_ts: thread, reply_broadcast: true } : { thread_ts: thread })),
          }),
        );
        // A direct message comes back with a channel of its own.
        if (!isName(answer.ts)) throw new Error("an answer without the message's place");
        return { channel: isName(answer.channel) ? answer.channel : channel, ts: answer.ts };
      } catch (error) {
        throw slackError(error, { method: "chat.postMessage", channel });
      }
    },

    async update({ channel, ts }, message, messageId) {
      try {
        await withPicture(message, log, (message) =>
          client.chat.update({ channel, ts, ...bodyOf(message, messageId) }),
        );
        return true;
      } catch (error) {
        // One that cannot be edited is as good as deleted: how things stand has to be said anew.
        if (consequenceOf(codeOf(error) ?? "") === "gone") return false;
        throw slackError(error, { method: "chat.update", channel });
      }
    },

    find: (channel, messageId, since, thread) =>
      findMessage(client, { channel, messageId, since, ...(thread && { thread }) }),
  };
}

/**
 * Sends a message with the best of its pictures that Slack takes, at last without any. What is tried again was clearly
 * refused: nothing of it arrived.
 */
async function withPicture<Answer>(
  message: Message,
  log: ClientOptions["log"],
  send: (message: Message) => Promise<Answer>,
): Promise<Answer> {
  const { text, blocks, pictures = [] } = message;
  for (const picture of pictures) {
    try {
      return await send({ text, blocks: [...blocks.slice(0, 1), picture, ...blocks.slice(1)] });
    } catch (error) {
      const code = codeOf(error);
      // A code that nobody has told us of is a refusal, too, and may be about the picture.
      if (code === undefined || (consequenceOf(code) ?? "rejected") !== "rejected") throw error;
      log?.warn({ picture: picture.type, error: code }, "picture.refused");
    }
  }
  return send({ text, blocks });
}

const isName = (text: unknown): text is string => typeof text === "string" && text !== "";

const bodyOf = ({ text, blocks }: Message, id: string) => ({
  text,
  blocks: blocks as unknown as KnownBlock[],
  metadata: { event_type: EVENT_TYPE, event_payload: { id } },
});

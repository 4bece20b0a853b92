import type { KnownBlock } from "@slack/types";
import type { PermanentError, TransientError } from "../../../errors.ts";
import type { Message, Messenger, Posted, PostOptions } from "../../../pipeline/ports/messages.ts";
import { keepSecret } from "../../../redact.ts";
import { HOUR } from "../../../time/time.ts";
import { type ClientOptions, slackClient } from "./client.ts";
import { consequenceOf, NO_THREAD } from "./error-table.ts";
import { codeOf, slackError } from "./errors.ts";
import { EVENT_TYPE, findMessage } from "./find-message.ts";
import { type Form, formsOf, isAboutForm, sendPlainer, type Taken } from "./plainer.ts";

export interface MessengerOptions extends ClientOptions {
  /** Called for each message that Slack accepted, with the reason if it accepted only a plainer form. */
  readonly onTaken?: (taken: {
    readonly channel: string;
    readonly messageId: string;
    readonly refusal?: PermanentError | TransientError;
  }) => Promise<void>;
}

/**
 * How long only the plainest form is tried for a message that was refused in every form, because Slack counts attempts.
 */
const REFUSED_FOR = HOUR;

/** Posts, edits and finds messages through Slack's Web API. */
export function slackMessenger(options: MessengerOptions): Messenger {
  keepSecret(options.token);
  const client = slackClient(options);
  const { log, onTaken } = options;
  const refused = new Map<string, { readonly until: number; readonly refusal: unknown }>();

  async function send<Answer>(
    where: { readonly channel: string; readonly messageId: string; readonly method: string },
    message: Message,
    call: (form: Form) => Promise<Answer>,
  ): Promise<Taken<Answer>> {
    const { channel, messageId, method } = where;
    const forms = formsOf(message);
    const before = refused.get(messageId);
    const wasRefused = before && performance.now() < before.until;
    let taken: Taken<Answer>;
    try {
      taken = await sendPlainer(wasRefused ? forms.slice(-1) : forms, call, ({ chartImage }, error) =>
        log?.warn(
          { ...(chartImage ? { chartImage: chartImage.type } : { channel, message: messageId }), error },
          chartImage ? "picture.refused" : "message.refused",
        ),
      );
    } catch (error) {
      const code = codeOf(error);
      if (code !== undefined && isAboutForm(code) && !wasRefused)
        refused.set(messageId, { until: performance.now() + REFUSED_FOR, refusal: error });
      throw error;
    }
    refused.delete(messageId);
    const refusal = taken.refusal ?? (wasRefused ? before.refusal : undefined);
    await onTaken?.({
      channel,
      messageId,
      ...(refusal !== undefined && { refusal: slackError(refusal, { method, channel }) }),
    });
    return refusal === undefined ? taken : { ...taken, refusal };
  }

  async function post(channel: string, message: Message, options: PostOptions): Promise<Posted> {
    const { messageId, thread, broadcast } = options;
    const where = { channel, messageId, method: "chat.postMessage" };
    try {
      const { answer, form } = await send(where, message, (form) =>
        client.chat.postMessage({
          channel,
          ...bodyOf(form, messageId),
          ...(form.blocks.length > 0 && { blocks: blocksOf(form) }),
          unfurl_links: false,
          unfurl_media: false,
          ...(thread && (broadcast ? { thread_ts: thread, reply_broadcast: true } : { thread_ts: thread })),
        }),
      );
      // A direct message is returned with its own channel id.
      if (!isName(answer.ts)) throw new Error("an answer without the message's place");
      return {
        channel: isName(answer.channel) ? answer.channel : channel,
        ts: answer.ts,
        ...(form.chartImage?.type === "image" && { chartImage: form.chartImage }),
      };
    } catch (error) {
      const code = codeOf(error) ?? "";
      // A reply that its thread does not accept is posted in the channel.
      if (thread && NO_THREAD.has(code)) return post(channel, message, { messageId });
      if (broadcast && code === "cant_broadcast_message")
        return post(channel, message, { messageId, ...(thread && { thread }) });
      throw slackError(error, { method: "chat.postMessage", channel });
    }
  }

  return {
    post,

    async update({ channel, ts }, message, messageId) {
      const where = { channel, messageId, method: "chat.update" };
      try {
        await send(where, message, (form) =>
          client.chat.update({
            channel,
            ts,
            ...bodyOf(form, messageId),
            // An empty list removes the blocks that the message showed before.
            ...(!form.isBare && { blocks: blocksOf(form) }),
          }),
        );
        return true;
      } catch (error) {
        // A message that cannot be edited counts as deleted, so that the current state is posted again.
        if (consequenceOf(codeOf(error) ?? "") === "gone") return false;
        throw slackError(error, { method: "chat.update", channel });
      }
    },

    find: (channel, messageId, since, thread) =>
      findMessage(client, { channel, messageId, since, ...(thread && { thread }) }),
  };
}

const isName = (text: unknown): text is string => typeof text === "string" && text !== "";

const blocksOf = ({ blocks }: Form) => blocks as unknown as KnownBlock[];

const bodyOf = ({ text, isBare }: Form, id: string) => ({
  text,
  ...(!isBare && { metadata: { event_type: EVENT_TYPE, event_payload: { id } } }),
});

import type { WebClient } from "@slack/web-api";
import { mentioned } from "../../../src/adapters/slack/blocks/mentions.ts";
import { answerMessage } from "../../../src/adapters/slack/commands/answer.ts";
import { refusalMessage } from "../../../src/adapters/slack/commands/refusal.ts";
import { reviseNote } from "../../../src/pipeline/actions/note.ts";
import { incidentAt } from "../../../src/pipeline/reports/alert-at.ts";
import { doReply, noteText, type Reply } from "../commands/thread-reply.ts";
import type { Listen, SlackContext } from "../context.ts";
import { postPrivately, type Written } from "../post-answer.ts";
import { wordsFor } from "../reply.ts";
import { selfOf } from "../self.ts";

/** The parts of a message that are read; an edited message, and a deleted one, are in a message of their own kind. */
interface MessageEvent {
  readonly subtype?: string;
  readonly channel: string;
  readonly channel_type?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly parent_user_id?: string;
  readonly message?: MessageEvent;
  readonly previous_message?: MessageEvent;
}

/** What a person writes as a reply has one of these subtypes, or none. */
const WRITTEN = new Set([undefined, "thread_broadcast", "file_share", "me_message"]);

/** Replies in the threads of alerts. Every other message in a channel is left alone. */
export const listenToThreads: Listen = (app, context) => {
  app.event("message", async ({ event, client }) => {
    const given = event as MessageEvent;
    if (given.channel_type === "im") return;
    if (given.subtype === "message_changed" || given.subtype === "message_deleted")
      return followEdit(given, context);
    if (!WRITTEN.has(given.subtype)) return;
    const { user, channel, ts, thread_ts: thread, text = "" } = given;
    if (!thread || thread === ts || !user || isByBot(given) || text.trim() === "") return;
    const self = await selfOf(client);
    if (user === self || (given.parent_user_id ?? self) !== self) return;
    // A reply with a mention arrives as a mention, too.
    if (mentioned(text).includes(self)) return;
    await answerReply({ text, ts, isAddressed: false }, { user, channel, thread }, client, context);
  });
};

const isByBot = ({ bot_id, user }: MessageEvent): boolean => bot_id !== undefined || user === "USLACKBOT";

/** Answers a reply in the thread of an alert. Returns false if the thread is not that of an alert. */
export async function answerReply(
  reply: Reply,
  where: Written & { readonly thread: string },
  client: WebClient,
  context: SlackContext,
): Promise<boolean> {
  const { user, channel, thread } = where;
  try {
    const incident = await incidentAt({ channel, ts: thread }, context.bot);
    if (!incident) return false;
    const answer = await doReply(reply, incident, { user, channel }, context);
    if (answer) await postPrivately(answerMessage(answer), where, client, context);
  } catch (error) {
    await postPrivately(refusalMessage(wordsFor(error, context.log)), where, client, context);
  }
  return true;
}

/** A note follows its reply. Nothing is done a second time: an edited command stays as it was. */
async function followEdit(
  { channel, message, previous_message: before }: MessageEvent,
  context: SlackContext,
) {
  const reply = message ?? before;
  const thread = reply?.thread_ts ?? before?.thread_ts;
  if (!reply || !thread || thread === reply.ts || isByBot(reply)) return;
  const incident = await incidentAt({ channel, ts: thread }, context.bot);
  if (!incident) return;
  const text = message?.text === undefined ? "" : await noteText(message.text, context);
  await reviseNote(incident, { ts: reply.ts, ...(text !== "" && { text }) }, context.bot);
}

import { SECOND } from "../../src/time/time.ts";
import type { Channel } from "./channel.ts";
import type { SlackMessage } from "./message.ts";

/** The one bot of the workspace. */
export const bot = { id: "B0TIDEWATCH", userId: "U0TIDEWATCH", name: "Tidewatch" } as const;
export const team = { id: "T0SIMULATED", name: "Simulated workspace", domain: "simulated" } as const;
/** The one app, whose bot that is. */
export const app = { id: "A0TIDEWATCH", name: "Tidewatch" } as const;

/** A message as Slack's answers show it; its replies are counted where it has some. */
export const wireMessage = (
  message: SlackMessage,
  withMetadata: boolean,
  replies: readonly SlackMessage[] = [],
) => ({
  type: "message",
  user: message.by ?? bot.userId,
  ...(!message.by && { bot_id: bot.id, app_id: app.id }),
  team: team.id,
  ts: message.ts,
  text: message.text,
  blocks: message.blocks,
  ...(message.isBroadcast && { subtype: "thread_broadcast" }),
  ...(message.threadTs && { thread_ts: message.threadTs }),
  ...(replies.length > 0 && {
    thread_ts: message.ts,
    reply_count: replies.length,
    latest_reply: replies.at(-1)!.ts,
  }),
  ...(message.editedAt && { edited: { user: bot.userId, ts: (message.editedAt / SECOND).toFixed(6) } }),
  ...(withMetadata && message.metadata && { metadata: message.metadata }),
});

/** A channel as Slack's answers show it. */
export const wireChannel = ({ id, name, isPrivate, isArchived, isMember, dmWith }: Channel) => ({
  id,
  name,
  is_channel: !isPrivate,
  is_group: isPrivate === true && !dmWith,
  is_im: dmWith !== undefined,
  is_private: isPrivate === true,
  is_archived: isArchived === true,
  is_member: isMember !== false,
});

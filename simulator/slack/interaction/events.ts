import { SECOND } from "../../../src/time/time.ts";
import type { Channel } from "../channel.ts";
import type { SlackMessage } from "../message.ts";
import { wireView } from "../views/view.ts";
import { app, bot, team } from "../wire.ts";
import type { Acting } from "./acts.ts";
import type { Acknowledgement } from "./delivery.ts";
import { eventPayload } from "./payloads.ts";

const deliver = (
  event: Record<string, unknown>,
  { link }: Acting,
  user?: string,
): Promise<Acknowledgement> => {
  const at = Date.now() / SECOND;
  const id = link.nextEventId();
  const dated = { ...event, event_ts: at.toFixed(6) };
  return link.sendEvent(eventPayload(dated, id, Math.floor(at)), {
    about: String(event.type),
    ...(user && { user }),
  });
};

/** A person opens the app: its Home, or what it has written to them. */
export function openHome(user: string, tab: "home" | "messages", acting: Acting): Promise<Acknowledgement> {
  const { workspace } = acting;
  const view = tab === "home" ? workspace.views.home(user) : undefined;
  const channel = workspace.dm(user).id;
  return deliver(
    { type: "app_home_opened", user, channel, tab, ...(view && { view: wireView(view) }) },
    acting,
    user,
  );
}

/** Somebody invites the app to a channel. */
export const inviteApp = (channel: string, inviter: string, acting: Acting): Promise<Acknowledgement> =>
  deliver(
    { type: "member_joined_channel", user: bot.userId, channel, channel_type: "C", team: team.id, inviter },
    acting,
  );

/** Somebody, also the app, writes a message: the app receives it, and a mention of it a second time as a mention. */
export async function passToApp(message: SlackMessage, channel: Channel, acting: Acting): Promise<void> {
  const { by: user, text } = message;
  const event = {
    ...written(message, channel, acting),
    ...(message.isBroadcast && { subtype: "thread_broadcast" }),
  };
  await passMessage(event, channel, acting, user);
  if (user && !channel.dmWith && text.includes(`<@${bot.userId}>`))
    await deliver({ ...event, type: "app_mention" }, acting, user);
}

/** A message was edited: the app receives both. */
export const passEdit = (
  message: SlackMessage,
  before: SlackMessage,
  channel: Channel,
  acting: Acting,
): Promise<void> =>
  passMessage(
    {
      type: "message",
      subtype: "message_changed",
      channel: channel.id,
      ts: message.ts,
      hidden: true,
      message: written(message, channel, acting),
      previous_message: written(before, channel, acting),
    },
    channel,
    acting,
    message.by,
  );

/** A message was deleted. */
export const passDeletion = (before: SlackMessage, channel: Channel, acting: Acting): Promise<void> =>
  passMessage(
    {
      type: "message",
      subtype: "message_deleted",
      channel: channel.id,
      deleted_ts: before.ts,
      hidden: true,
      previous_message: written(before, channel, acting),
    },
    channel,
    acting,
    before.by,
  );

/** Passes on what the app subscribes to, of the channels that it is in. */
async function passMessage(
  event: Record<string, unknown>,
  channel: Channel,
  acting: Acting,
  user: string | undefined,
): Promise<void> {
  const kind = channel.dmWith ? "im" : channel.isPrivate ? "group" : "channel";
  const subscribed = kind === "im" ? "message.im" : `message.${kind}s`;
  if (channel.isMember === false || !acting.events.includes(subscribed)) return;
  // Of what the app writes itself to somebody, it is not told by this Slack.
  if (kind === "im" && user === undefined) return;
  await deliver({ ...event, channel_type: kind }, acting, user);
}

const written = (message: SlackMessage, { id }: Channel, { workspace }: Acting) => {
  const { by, ts, text, threadTs } = message;
  const root = threadTs === undefined ? undefined : workspace.messages(id).find((one) => one.ts === threadTs);
  return {
    type: "message",
    user: by ?? bot.userId,
    ...(!by && { bot_id: bot.id, app_id: app.id }),
    ts,
    text,
    channel: id,
    ...(threadTs !== undefined && { thread_ts: threadTs, parent_user_id: root?.by ?? bot.userId }),
    ...(message.editedAt !== undefined && { edited: { user: by ?? bot.userId, ts } }),
  };
};

/** An admin takes the app out of the workspace: its tokens end, and it is told. */
export async function uninstall(acting: Acting): Promise<void> {
  await deliver({ type: "tokens_revoked", tokens: { oauth: [], bot: [bot.userId] } }, acting);
  await deliver({ type: "app_uninstalled" }, acting);
}

import { SECOND } from "../../../src/time/time.ts";
import type { Channel } from "../channel.ts";
import type { SlackMessage } from "../message.ts";
import { wireView } from "../views/view.ts";
import { bot, team } from "../wire.ts";
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

/** Somebody writes a message that the app receives: one that mentions it, or a direct one. */
export async function passToApp(message: SlackMessage, channel: Channel, acting: Acting): Promise<void> {
  const { by: user, ts, text, threadTs } = message;
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const event = { user, ts, text, channel: channel.id, ...thread };
  if (channel.dmWith) await deliver({ type: "message", channel_type: "im", ...event }, acting, user);
  else if (text.includes(`<@${bot.userId}>`)) await deliver({ type: "app_mention", ...event }, acting, user);
}

/** An admin takes the app out of the workspace: its tokens end, and it is told. */
export async function uninstall(acting: Acting): Promise<void> {
  await deliver({ type: "tokens_revoked", tokens: { oauth: [], bot: [bot.userId] } }, acting);
  await deliver({ type: "app_uninstalled" }, acting);
}

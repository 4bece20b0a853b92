import type { Channel } from "../channel.ts";
import type { Block, SlackMessage } from "../message.ts";
import type { Person } from "../people.ts";
import { type Values, type View, wireView } from "../views/view.ts";
import { app, bot, team, wireMessage } from "../wire.ts";
import { type Element, named } from "./elements.ts";
import type { Pick } from "./picks.ts";

/** The verification token that came before signatures; payloads still hold it. */
const OLD_TOKEN = "simulated-verification-token";

const common = (person: Person) => ({
  team: { id: team.id, domain: team.domain },
  user: { id: person.id, username: person.name, name: person.name, team_id: team.id },
  api_app_id: app.id,
  token: OLD_TOKEN,
  enterprise: null,
  is_enterprise_install: false,
});

export const commandPayload = (
  person: Person,
  channel: Channel,
  typed: { command: string; text: string },
  ways: { trigger_id: string; response_url: string },
) => ({
  token: OLD_TOKEN,
  team_id: team.id,
  team_domain: team.domain,
  channel_id: channel.id,
  channel_name: channel.isPrivate ? "privategroup" : channel.dmWith ? "directmessage" : channel.name,
  user_id: person.id,
  user_name: person.name,
  command: typed.command,
  text: typed.text,
  api_app_id: app.id,
  is_enterprise_install: "false",
  ...ways,
});

/** A message in which somebody did something. */
export interface InMessage {
  readonly channel: Channel;
  readonly message: SlackMessage;
  readonly isEphemeral: boolean;
}

/** Where somebody did something. */
export type Where = InMessage | { readonly view: View };

const placeOf = (where: Where) =>
  "view" in where
    ? { container: { type: "view", view_id: where.view.id }, view: wireView(where.view) }
    : {
        container: {
          type: "message",
          message_ts: where.message.ts,
          channel_id: where.channel.id,
          is_ephemeral: where.isEphemeral,
          ...(where.message.threadTs && { thread_ts: where.message.threadTs }),
        },
        channel: { id: where.channel.id, name: where.channel.name },
        // What only one person sees, the app is not told again.
        ...(!where.isEphemeral && { message: messageIn(where.message) }),
      };

const messageIn = (message: SlackMessage) => ({
  ...wireMessage(message, true),
  blocks: named(message.blocks),
  app_id: app.id,
});

export const actionPayload = (
  person: Person,
  where: Where,
  action: Block,
  more: { readonly trigger_id: string; readonly response_url?: string; readonly values?: Values },
) => ({
  type: "block_actions",
  ...common(person),
  ...placeOf(where),
  trigger_id: more.trigger_id,
  ...(more.response_url && { response_url: more.response_url }),
  ...(more.values && { state: { values: more.values } }),
  actions: [action],
});

export const shortcutPayload = (
  person: Person,
  { channel, message }: InMessage,
  callback: string,
  ways: { readonly trigger_id: string; readonly response_url: string; readonly action_ts: string },
) => ({
  type: "message_action",
  ...common(person),
  channel: { id: channel.id, name: channel.name },
  callback_id: callback,
  message_ts: message.ts,
  message: messageIn(message),
  ...ways,
});

/** What a person did with an element. */
export const actionOf = ({ element, blockId, actionId }: Element, pick: Pick, at: string): Block => ({
  type: element.type,
  action_id: actionId,
  block_id: blockId,
  ...(element.type === "button" && {
    text: element.text,
    ...(element.value !== undefined && { value: element.value }),
    ...(element.style !== undefined && { style: element.style }),
  }),
  ...(element.placeholder !== undefined && { placeholder: element.placeholder }),
  ...pick,
  action_ts: at,
});

export const suggestionPayload = (person: Person, where: Where, element: Element, typed: string) => ({
  type: "block_suggestion",
  ...common(person),
  ...placeOf(where),
  action_id: element.actionId,
  block_id: element.blockId,
  value: typed,
});

export const submissionPayload = (
  person: Person,
  view: View,
  ways: { readonly trigger_id: string; readonly response_urls: readonly Block[] },
) => ({ type: "view_submission", ...common(person), ...ways, view: wireView(view) });

export const closedPayload = (person: Person, view: View, isCleared: boolean) => ({
  type: "view_closed",
  ...common(person),
  view: wireView(view),
  is_cleared: isCleared,
});

export const eventPayload = (event: Block, id: string, at: number) => ({
  token: OLD_TOKEN,
  team_id: team.id,
  context_team_id: team.id,
  context_enterprise_id: null,
  api_app_id: app.id,
  event,
  type: "event_callback",
  event_id: id,
  event_time: at,
  authorizations: [
    {
      enterprise_id: null,
      team_id: team.id,
      user_id: bot.userId,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
  event_context: `4-${id}`,
});

import type { Channel } from "../channel.ts";
import type { SlackMessage } from "../message.ts";
import type { Workspace } from "../workspace.ts";
import { type Acting, type Outcome, personIn } from "./acts.ts";
import { commandPayload } from "./payloads.ts";
import { codeOf, hasContent, respond } from "./respond.ts";

/** A person types a slash command, such as `/tidewatch list`, in a channel. */
export async function typeCommand(
  typed: string,
  { user, channel: channelId }: { readonly user: string; readonly channel: string },
  acting: Acting,
): Promise<Outcome> {
  const { workspace, link } = acting;
  const person = personIn(acting, user);
  const channel = workspace.channel(channelId);
  if (!channel || !workspace.members(channel).includes(user))
    throw new Error(`${user} is not in ${channelId}`);
  const [, name = "", text = ""] = /^(\/\S*)\s*([\s\S]*)$/.exec(typed.trim()) ?? [];
  const command = acting.commands.find((each) => each.command === name);
  const place = { channel: channel.id, user };
  const complain = (words: string) =>
    workspace.ephemerals.add({ ...place, bySlack: true }, { text: words, blocks: [] });
  if (!command) {
    complain(
      `${name} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
    );
    return { failure: "invalid_command", responses: [] };
  }

  const { path, url } = workspace.responseUrls.mint(place);
  const payload = commandPayload(
    person,
    channel,
    { command: name, text: command.shouldEscape === false ? text : escaped(text, workspace) },
    { trigger_id: workspace.triggers.mint({ user }), response_url: acting.url() + path },
  );
  const about = { about: typed.trim(), user };
  const answer = await link.deliver({ kind: "command", payload, takesReply: true }, about);
  if (!answer.acked) {
    complain(`${name} failed with the error "${answer.error}"`);
    return { failure: answer.error, responses: url.responses };
  }
  try {
    const reply = hasContent(answer.body) ? replyOf(answer.body, channel, user, acting) : undefined;
    return { ...(reply && { reply }), responses: url.responses };
  } catch (error) {
    const failure = codeOf(error);
    link.fail("command", failure, about);
    complain(`${name} failed with the error "invalid_command_response"`);
    return { failure, responses: url.responses };
  }
}

const replyOf = (
  body: unknown,
  channel: Channel,
  user: string,
  { workspace }: Acting,
): SlackMessage | undefined => respond(body, { channel: channel.id, user }, workspace);

/** What somebody typed as Slack sends it: people and channels by id, and no mark that could be taken for one. */
export function escaped(text: string, workspace: Workspace): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/(^|\s)@([\w.-]+)/g, (all, before: string, name: string) => {
      const person = workspace.people.find((each) => each.name === name);
      const group = workspace.groups.find(({ handle }) => handle === name);
      if (person) return `${before}<@${person.id}|${name}>`;
      return group ? `${before}<!subteam^${group.id}|@${name}>` : all;
    })
    .replace(/(^|\s)#([\w-]+)/g, (all, before: string, name: string) => {
      const channel = workspace.channels().find((each) => each.name === name);
      return channel ? `${before}<#${channel.id}|${name}>` : all;
    });
}

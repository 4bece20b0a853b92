import type { BlockButtonAction, SlashCommand } from "@slack/bolt";
import { RUN_ACTION } from "../../../src/adapters/slack/commands/answer.ts";
import { parseCommand } from "../../../src/commands/parse.ts";
import { perform } from "../../../src/commands/perform.ts";
import type { Command } from "../../../src/commands/table.ts";
import { InputError } from "../../../src/errors.ts";
import type { Listen, SlackContext } from "../context.ts";
import type { Waiting } from "../forms.ts";
import { answerOr, reply } from "../reply.ts";
import { openSuggestForm } from "./suggest.ts";
import { openWatchForm } from "./watch-form.ts";

/** `/tidewatch …`, and buttons that run a command: the answer is given there; `watch` and `edit` alone, and `suggest`, open a form. */
export const listenToCommand: Listen = (app, context) => {
  app.command("/tidewatch", async ({ command, client }) =>
    runTyped(command.text, { client, body: waitingFor(command) }, command.channel_name, context),
  );
  app.action<BlockButtonAction>({ type: "block_actions", action_id: RUN_ACTION }, async (click) =>
    runTyped(click.action.value ?? "", click, click.body.channel?.name, context),
  );
};

/** Runs a command as somebody typed it, and answers there or opens its form. */
async function runTyped(
  text: string,
  waiting: Waiting,
  channelName: string | undefined,
  context: SlackContext,
): Promise<void> {
  const { user, channel: { id: channel = "" } = {}, response_url: responseUrl } = waiting.body;
  const form = formFor(text);
  if (form) return form(waiting, channelOf(channel, channelName), context);
  const command = () => perform(parseCommand(text), { user: user.id, channel }, context);
  await reply(responseUrl, await answerOr(command, context.log), context);
}

/** The channel for a watch: a group conversation cannot be one. */
const channelOf = (channel: string, name: string | undefined) =>
  /^[CG]/.test(channel) && !name?.startsWith("mpdm-") ? { channel } : {};

const waitingFor = ({ trigger_id, user_id, channel_id, response_url }: SlashCommand) => ({
  trigger_id,
  user: { id: user_id },
  channel: { id: channel_id },
  response_url,
});

type OpenForm = (
  waiting: Waiting,
  from: { readonly channel?: string },
  context: SlackContext,
) => Promise<void>;

/** The form that a command opens, if any. */
function formFor(text: string): OpenForm | undefined {
  const command = parsed(text);
  if (command?.commandName === "suggest")
    return (waiting, from, context) =>
      openSuggestForm(waiting, { ...from, ...(command.app !== undefined && { app: command.app }) }, context);
  if (command?.commandName === "watch" && !command.settings) return openWith({});
  if (command?.commandName === "edit" && !command.settings) return openWith({ watchId: command.watch });
  return undefined;
}

const openWith =
  (form: { readonly watchId?: string }): OpenForm =>
  (waiting, from, context) =>
    openWatchForm(waiting, { ...form, ...from }, context);

function parsed(text: string): Command | undefined {
  try {
    return parseCommand(text);
  } catch (error) {
    // An invalid command is answered where commands run.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

import type { SlashCommand } from "@slack/bolt";
import { parseCommand } from "../../../src/commands/parse.ts";
import { perform } from "../../../src/commands/perform.ts";
import type { Command } from "../../../src/commands/table.ts";
import { InputError } from "../../../src/errors.ts";
import type { Listen } from "../context.ts";
import { answerOr, reply } from "../reply.ts";
import { openWatchForm } from "./watch-form.ts";

/** `/tidewatch …`: runs the typed command and answers there; `watch` and `edit` alone open a form. */
export const listenToCommand: Listen = (app, context) => {
  app.command("/tidewatch", async ({ command, client }) => {
    const form = formFor(command.text);
    if (form)
      return openWatchForm(
        { client, body: waitingFor(command) },
        { ...form, ...channelOf(command) },
        context,
      );
    const actor = { user: command.user_id, channel: command.channel_id };
    const answer = await answerOr(() => perform(parseCommand(command.text), actor, context), context.log);
    await reply(command.response_url, answer, context);
  });
};

/** The channel for a watch: a group conversation cannot be one. */
const channelOf = ({ channel_id: channel, channel_name: name }: SlashCommand) =>
  /^[CG]/.test(channel) && !name?.startsWith("mpdm-") ? { channel } : {};

const waitingFor = ({ trigger_id, user_id, channel_id, response_url }: SlashCommand) => ({
  trigger_id,
  user: { id: user_id },
  channel: { id: channel_id },
  response_url,
});

/** The form that a command opens, if any. */
function formFor(text: string): { watchId?: string } | undefined {
  const command = parsed(text);
  if (command?.commandName === "watch" && !command.settings) return {};
  if (command?.commandName === "edit" && !command.settings) return { watchId: command.watch };
  return undefined;
}

function parsed(text: string): Command | undefined {
  try {
    return parseCommand(text);
  } catch (error) {
    // An invalid command is answered where commands run.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

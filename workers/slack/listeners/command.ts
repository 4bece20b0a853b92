import type { SlashCommand } from "@slack/bolt";
import type { Command } from "../../../src/adapters/slack/commands/command.ts";
import { parseCommand } from "../../../src/adapters/slack/commands/parse.ts";
import { InputError } from "../../../src/errors.ts";
import { carryOut } from "../commands/carry-out.ts";
import type { Listen } from "../desk.ts";
import { answerOr, reply } from "../reply.ts";
import { openWatchForm } from "./watch-form.ts";

/** `/tidewatch …`: what was typed is carried out, and answered where it was typed; `watch` and `edit` alone open a form. */
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
    const answer = await answerOr(() => carryOut(parseCommand(command.text), actor, context), context.log);
    await reply(command.response_url, answer, context);
  });
};

/** Where a watch may be told of: no conversation of some people among themselves. */
const channelOf = ({ channel_id: channel, channel_name: name }: SlashCommand) =>
  /^[CG]/.test(channel) && !name?.startsWith("mpdm-") ? { channel } : {};

const waitingFor = ({ trigger_id, user_id, channel_id, response_url }: SlashCommand) => ({
  trigger_id,
  user: { id: user_id },
  channel: { id: channel_id },
  response_url,
});

/** Which form is asked for, where one is. */
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
    // What cannot be read is answered where commands are carried out.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

import type { Command } from "../../../src/adapters/slack/commands/command.ts";
import { parseCommand } from "../../../src/adapters/slack/commands/parse.ts";
import { InputError } from "../../../src/errors.ts";
import type { Listen } from "../desk.ts";
import { answerOr, reply } from "../reply.ts";
import { carryOut } from "../verbs/carry-out.ts";
import { openWatchForm } from "./watch-form.ts";

/** `/tidewatch …`: what was typed is carried out, and answered where it was typed; `watch` and `edit` alone open a form. */
export const listenToCommand: Listen = (app, desk) => {
  app.command("/tidewatch", async ({ command, client, respond }) => {
    const form = formFor(command.text, command.channel_id);
    if (form) return openWatchForm(client, command.trigger_id, form, desk);
    const asker = { user: command.user_id, channel: command.channel_id };
    const answer = await answerOr(() => carryOut(parseCommand(command.text), asker, desk), desk.log);
    await reply(respond, answer, desk.log);
  });
};

/** Which form is asked for, where one is. */
function formFor(text: string, channel: string): { watchId?: string; channel: string } | undefined {
  const command = parsed(text);
  if (command?.verb === "watch" && !command.settings) return { channel };
  if (command?.verb === "edit" && !command.settings) return { watchId: command.watch, channel };
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

import { parseCommand } from "../../../src/adapters/slack/commands/parse.ts";
import type { Listen } from "../desk.ts";
import { answerOr, reply } from "../reply.ts";
import { carryOut } from "../verbs/carry-out.ts";

/** `/tidewatch …`: what was typed is carried out, and answered where it was typed. */
export const listenToCommand: Listen = (app, desk) => {
  app.command("/tidewatch", async ({ command, respond }) => {
    const asker = { user: command.user_id, channel: command.channel_id };
    const answer = await answerOr(() => carryOut(parseCommand(command.text), asker, desk), desk.log);
    await reply(respond, answer, desk.log);
  });
};

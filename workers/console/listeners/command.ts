import type { RespondFn } from "@slack/bolt";
import type { KnownBlock } from "@slack/types";
import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { parseCommand } from "../../../src/adapters/slack/commands/parse.ts";
import { refusalAnswer } from "../../../src/adapters/slack/commands/refusal.ts";
import { InputError, PermanentError, TransientError } from "../../../src/errors.ts";
import { redact } from "../../../src/redact.ts";
import type { Asker, Desk, Listen } from "../desk.ts";
import { messageOf } from "../failure.ts";
import { carryOut } from "../verbs/carry-out.ts";

/** `/tidewatch …`: what was typed is carried out, and answered where it was typed. */
export const listenToCommand: Listen = (app, desk) => {
  app.command("/tidewatch", async ({ command, respond }) => {
    const asker = { user: command.user_id, channel: command.channel_id };
    await answer(respond, await answerTo(command.text, asker, desk), desk);
  });
};

/** What is answered, also where it cannot be done. */
async function answerTo(text: string, asker: Asker, desk: Desk): Promise<Answer> {
  try {
    return await carryOut(parseCommand(text), asker, desk);
  } catch (error) {
    if (error instanceof InputError) return refusalAnswer(error.message);
    if (error instanceof PermanentError || error instanceof TransientError)
      return refusalAnswer(redact(`${error.message}. ${error.advice}`));
    desk.log.error({ error: redact(String(error instanceof Error ? error.stack : error)) }, "console.failed");
    return refusalAnswer("Something went wrong here; the log of Tidewatch says what.");
  }
}

async function answer(respond: RespondFn, { text, blocks, isForAll }: Answer, { log }: Desk): Promise<void> {
  try {
    await respond({
      response_type: isForAll ? "in_channel" : "ephemeral",
      text,
      blocks: blocks as unknown as KnownBlock[],
    });
  } catch (error) {
    log.warn({ error: messageOf(error) }, "console.unanswered");
  }
}

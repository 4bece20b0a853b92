import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import type { Command } from "../../../src/adapters/slack/commands/command.ts";
import { helpAnswer } from "../../../src/adapters/slack/commands/help.ts";
import { listAnswer } from "../../../src/adapters/slack/commands/lists.ts";
import { InputError } from "../../../src/errors.ts";
import type { Asker, Desk } from "../desk.ts";

/** Carries out a command, and answers what came of it. Throws InputError where it cannot be done. */
export async function carryOut(command: Command, _asker: Asker, { bot }: Desk): Promise<Answer> {
  switch (command.verb) {
    case "help":
      return helpAnswer(command.about);
    case "list":
      return listAnswer(await bot.watches.all());
    default:
      throw new InputError(`"${command.verb}" is not there yet`);
  }
}

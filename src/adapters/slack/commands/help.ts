import { section } from "../blocks/blocks.ts";
import { type Answer, answerOf } from "./answer.ts";
import type { CommandName } from "./command.ts";
import { commandNames, usageOf, usages } from "./usage.ts";

/** The usage of all commands, or of one. */
export function helpAnswer(about?: CommandName): Answer {
  if (about)
    return answerOf(`${about}: ${usages[about].about}`, [
      section(`*${usages[about].about}*\n${usageOf(about)}`),
    ]);
  const lines = commandNames.map((commandName) => `\`${commandName}\` ${usages[commandName].about}`);
  return answerOf("Tidewatch commands", [
    section(`*Tidewatch commands*\n${lines.join("\n")}`),
    section('Details: `/tidewatch help mute`. Put names with spaces in quotes: "New users".'),
  ]);
}

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
  return answerOf("What /tidewatch can do", [
    section(`*What \`/tidewatch\` can do*\n${lines.join("\n")}`),
    section("How a verb is typed: `/tidewatch help mute`. Words with blanks go into quotes."),
  ]);
}

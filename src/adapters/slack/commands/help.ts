import { section } from "../blocks/blocks.ts";
import { type Answer, answerOf } from "./answer.ts";

/** What the help says of a command. */
export interface HelpLine {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly about: string;
  readonly usage: readonly string[];
  readonly examples: readonly string[];
}

/** The usage of all commands, or of one. */
export function helpAnswer(commands: readonly HelpLine[], about?: string): Answer {
  const one = commands.find(({ name }) => name === about);
  if (one) return answerOf(`${one.name}: ${one.about}`, [section(`*${one.about}*\n${formsOf(one)}`)]);
  const lines = commands.map(({ name, about }) => `\`${name}\` ${about}`);
  return answerOf("Tidewatch commands", [
    section(`*Tidewatch commands*\n${lines.join("\n")}`),
    section(
      'Details: `/tidewatch help mute`. Put names with spaces in quotes if they could be read as something else: "Until noon".',
    ),
  ]);
}

function formsOf({ aliases = [], usage, examples }: HelpLine): string {
  const shown = (lines: readonly string[]) => lines.map((line) => `\`/tidewatch ${line}\``).join("\n");
  return [
    shown(usage),
    ...(examples.length > 0 ? [`For example:\n${shown(examples)}`] : []),
    ...(aliases.length > 0 ? [`Also: ${aliases.map((alias) => `\`${alias}\``).join(", ")}`] : []),
  ].join("\n");
}

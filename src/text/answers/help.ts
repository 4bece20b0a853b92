import { code, joined, strong, type Text, text } from "../text.ts";
import { type Answer, paragraph } from "./answer.ts";

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
  if (one)
    return {
      headline: text`${one.name}: ${one.about}`,
      parts: [paragraph(text`${strong(one.about)}\n${formsOf(one)}`)],
    };
  const lines = commands.map(({ name, about }) => text`${code(name)} ${about}`);
  return {
    headline: text`Tidewatch commands`,
    parts: [
      paragraph(text`${strong("Tidewatch commands")}\n${joined(lines, "\n")}`),
      paragraph(
        text`Details: ${code("/tidewatch help mute")}. Put names with spaces in quotes if they could be read as something else: "Until noon".`,
      ),
    ],
  };
}

function formsOf({ aliases = [], usage, examples }: HelpLine): Text {
  const shown = (lines: readonly string[]) =>
    joined(
      lines.map((line) => [code(`/tidewatch ${line}`)]),
      "\n",
    );
  const also = joined(
    aliases.map((alias) => [code(alias)]),
    ", ",
  );
  return joined(
    [
      shown(usage),
      ...(examples.length > 0 ? [text`For example:\n${shown(examples)}`] : []),
      ...(aliases.length > 0 ? [text`Also: ${also}`] : []),
    ],
    "\n",
  );
}

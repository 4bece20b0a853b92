import { code, joined, strong, type Text, text } from "../text.ts";
import { type Answer, buttons, paragraph, runButton } from "./answer.ts";

/** What the help says of a command. */
export interface HelpLine {
  readonly name: string;
  readonly group: HelpGroup;
  readonly aliases?: readonly string[];
  readonly about: string;
  readonly usage: readonly string[];
  readonly examples: readonly string[];
}

/** The groups of commands, in the order of the help, with their headings. */
export const helpGroups = {
  look: "See",
  respond: "Respond",
  setup: "Set up",
  calendar: "Calendar",
  admin: "Admin",
} as const;

export type HelpGroup = keyof typeof helpGroups;

/** An example of every command, group by group; or all about one command. */
export function helpAnswer(commands: readonly HelpLine[], about?: string): Answer {
  const one = commands.find(({ name }) => name === about);
  if (one)
    return {
      headline: text`${one.name}: ${one.about}`,
      parts: [paragraph(text`${strong(one.about)}\n${formsOf(one)}`)],
    };
  return {
    headline: text`Tidewatch commands`,
    parts: [
      paragraph(
        text`${strong("Tidewatch commands")}\n${code("/tidewatch")} alone shows the status of everything, with buttons.`,
      ),
      ...(Object.keys(helpGroups) as HelpGroup[]).map((group) =>
        paragraph(
          groupText(
            group,
            commands.filter((command) => command.group === group),
          ),
        ),
      ),
      paragraph(
        text`Examples and options: ${code("/tidewatch help mute")}. A watch is named by its id or by words of its title: ${code("mute new users 2h")}. Times: ${joined(
          ["2h", "5pm", "tomorrow 9:00", "Thu 18-21", "2026-11-24"].map((time) => [code(time)]),
          ", ",
        )}. Put a name in quotes if a part of it could be read as something else: "Until noon".`,
      ),
      buttons(runButton("Status", "status"), runButton("Add a watch", "watch")),
    ],
  };
}

const groupText = (group: HelpGroup, commands: readonly HelpLine[]): Text =>
  joined(
    [
      [strong(helpGroups[group])],
      ...commands.map(({ name, about, examples }) => text`${code(examples[0] ?? name)} ${about}`),
    ],
    "\n",
  );

/** Examples first: they are what most people need. */
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
      shown(examples),
      text`All options:\n${shown(usage)}`,
      ...(aliases.length > 0 ? [text`Also: ${also}`] : []),
    ],
    "\n",
  );
}

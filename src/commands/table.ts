import { InputError } from "../errors.ts";
import { type HelpLine, helpAnswer } from "../text/answers/help.ts";
import { exportCommand, importCommand } from "./backup.ts";
import { changes, undo, whoCan } from "./changing.ts";
import { type CommandEntry, command } from "./command.ts";
import { event } from "./events.ts";
import { ack, exclude, exclusions, include, label } from "./feedback.ts";
import { shortened } from "./grammar/shortened.ts";
import { nothingMore, type Syntax } from "./grammar/syntax.ts";
import { audit, preview, review, status, why } from "./looking.ts";
import { mute, mutes, unmute } from "./muting.ts";
import { edit, list, remove, show, watch } from "./watching.ts";

/** The name of a command or none: all commands. */
const about: Syntax<{ readonly about?: string }> = {
  read([word, ...more]) {
    nothingMore(more);
    if (!word) return {};
    const name = commandNamed(word.text);
    if (!name) throw new InputError(`unknown command "${shortened(word.text)}"`);
    return { about: name };
  },
  print: ({ about }) => (about === undefined ? [] : [about]),
};

const help: CommandEntry<{ readonly about?: string }> = command({
  about: "This list, or how to type one command",
  usage: ["help [COMMAND]"],
  examples: ["help mute"],
  permission: "look",
  syntax: about,
  run: async ({ about }) => helpAnswer(helpLines, about),
});

/** Every command, in the order of the help. */
export const commands = {
  watch,
  list,
  show,
  edit,
  remove,
  mute,
  unmute,
  mutes,
  status,
  why,
  preview,
  event,
  exclude,
  exclusions,
  include,
  label,
  ack,
  review,
  audit,
  changes,
  undo,
  "who-can": whoCan,
  export: exportCommand,
  import: importCommand,
  help,
};

export type CommandName = keyof typeof commands;

type FieldsOf<Entry> = Entry extends CommandEntry<infer Fields> ? Fields : never;

/** A command as it was given. */
export type Command = {
  [Name in CommandName]: { readonly commandName: Name } & FieldsOf<(typeof commands)[Name]>;
}[CommandName];

export const commandNames = Object.keys(commands) as CommandName[];

/** The entry of a command. Its fields are known only together with the command. */
export const entryOf = (name: CommandName): CommandEntry<object> =>
  commands[name] as unknown as CommandEntry<object>;

const namesByAlias = new Map<string, CommandName>(
  commandNames.flatMap((name) => [name, ...(entryOf(name).aliases ?? [])].map((given) => [given, name])),
);

/** All names and aliases. */
export const givenNames: readonly string[] = [...namesByAlias.keys()];

/** The command with this name or alias, in any case. */
export const commandNamed = (typed: string): CommandName | undefined => namesByAlias.get(typed.toLowerCase());

/** What the help says of every command. */
export const helpLines: readonly HelpLine[] = commandNames.map((name) => ({ name, ...entryOf(name) }));

/** The usage of a command, each form in code marks. */
export const usageOf = (name: CommandName): string =>
  entryOf(name)
    .usage.map((line) => `\`/tidewatch ${line}\``)
    .join("\n");

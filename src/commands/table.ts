import { InputError } from "../errors.ts";
import { type HelpLine, helpAnswer } from "../text/answers/help.ts";
import { nameKey } from "../text/same-name.ts";
import { exportCommand, importCommand } from "./backup.ts";
import { changes, undo, whoCan } from "./changing.ts";
import { type CommandEntry, command } from "./command.ts";
import { event } from "./events.ts";
import { ack, exclude, exclusions, include, label } from "./feedback.ts";
import { nearest } from "./grammar/nearest.ts";
import { shortened } from "./grammar/shortened.ts";
import { nothingMore, type Syntax } from "./grammar/syntax.ts";
import { incidents } from "./incidents.ts";
import { audit, preview, review, status, why } from "./looking.ts";
import { mute, mutes, unmute } from "./muting.ts";
import { change } from "./product-changes.ts";
import { route, routes, unroute } from "./routing.ts";
import { suggest } from "./suggesting.ts";
import { test } from "./testing.ts";
import { edit, list, remove, show, watch } from "./watching.ts";

/** The name of a command or none: all commands. */
const about: Syntax<{ readonly about?: string }> = {
  read([word, ...more]) {
    nothingMore(more);
    if (!word) return {};
    const name = commandNamed(word.text);
    if (!name) throw new InputError(unknownCommand(word.text));
    return { about: name };
  },
  print: ({ about }) => (about === undefined ? [] : [about]),
};

const help: CommandEntry<{ readonly about?: string }> = command({
  group: "look",
  aliases: ["commands"],
  meanings: ["hi", "hello", "hey", "usage", "how", "what", "man", "info"],
  about: "This list, or how to type one command",
  usage: ["help [COMMAND]"],
  examples: ["help mute"],
  permission: "look",
  syntax: about,
  run: async ({ about }) => helpAnswer(helpLines, about),
});

/** Every command, group by group in the order of the help. */
export const commands = {
  status,
  list,
  show,
  why,
  incidents,
  review,
  audit,
  mutes,
  ack,
  label,
  mute,
  unmute,
  watch,
  suggest,
  edit,
  preview,
  remove,
  test,
  route,
  routes,
  unroute,
  event,
  change,
  exclude,
  exclusions,
  include,
  "who-can": whoCan,
  changes,
  undo,
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

/** The commands that each known word may mean: its names, its aliases and its meanings. */
const wordsOf = Map.groupBy(
  commandNames.flatMap((name) => {
    const { aliases = [], meanings = [] } = entryOf(name);
    return [name, ...aliases, ...meanings].map((word) => ({ word, name }));
  }),
  ({ word }) => word,
);

/** All names and aliases. */
export const givenNames: readonly string[] = [...namesByAlias.keys()];

/** The command with this name or alias, in any case. */
export const commandNamed = (typed: string): CommandName | undefined => namesByAlias.get(typed.toLowerCase());

/** The commands that somebody may mean by an unknown word: by its meaning, its beginning, or its spelling. */
export function commandsMeant(typed: string): CommandName[] {
  const word = nameKey(typed);
  const known = [...wordsOf.keys()];
  const begun = word.length < 3 ? [] : known.filter((one) => one.startsWith(word));
  const near = wordsOf.has(word) ? [word] : begun.length > 0 ? begun : [nearest(word, known) ?? ""];
  return [...new Set(near.flatMap((one) => wordsOf.get(one) ?? []).map(({ name }) => name))];
}

/** That no command has this name, which ones may be meant, and how each is typed. */
export function unknownCommand(typed: string): string {
  const meant = commandsMeant(typed);
  const names = meant.length > 0 ? `. Did you mean ${meant.join(" or ")}?` : "";
  const typedAs = meant.length > 0 ? meant.map((name) => entryOf(name).examples[0]!) : ["help"];
  return [
    `unknown command "${shortened(typed)}"${names}`,
    ...typedAs.map((line) => `\`/tidewatch ${line}\``),
  ].join("\n");
}

/** What the help says of every command. */
export const helpLines: readonly HelpLine[] = commandNames.map((name) => ({ name, ...entryOf(name) }));

/** The usage of a command, each form in code marks. */
export const usageOf = (name: CommandName): string =>
  entryOf(name)
    .usage.map((line) => `\`/tidewatch ${line}\``)
    .join("\n");

import { settingNames } from "../../commands/grammar/setting-table.ts";
import { tokens, type Word } from "../../commands/grammar/words.ts";
import { commandNames, entryOf } from "../../commands/table.ts";
import { InputError } from "../../errors.ts";
import { readArgs } from "../command.ts";

/** The usage of the program. */
export const USAGE = [
  ...commandNames.flatMap((name) => {
    const { usage, terminalUsage = usage } = entryOf(name);
    return terminalUsage.map((line) => `npm run watch -- ${line}`);
  }),
  "",
  "Each setting is also an option: --app ID, --sensitivity low.",
  "--by NAME                            your name in Slack; by default your user name",
  "--until 4h|2026-06-17T08:00|recovery the end of a mute",
  "--from 7d|2026-06-10 --to 1d         a range of time",
].join("\n");

const options = {
  ...Object.fromEntries(settingNames.map((name) => [name, { type: "string" } as const])),
  "app-name": { type: "string" },
  "min-sessions": { type: "string" },
  "quiet-critical": { type: "boolean" },
  replace: { type: "boolean" },
  "dry-run": { type: "boolean" },
  until: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  by: { type: "string" },
} as const;

/** What was typed: the words of a command, and who is named as its author. */
export interface Typed {
  readonly words: readonly Word[];
  readonly by?: string;
}

/**
 * Reads the words of a command in the grammar of Slack; an option stands for the setting or the time of its name. Throws
 * InputError for an unknown option.
 * @example typedWords(["mute", "ios", "--until", "4h"]); // => the words "mute", "ios", "for 4h"
 */
export function typedWords(args: readonly string[]): Typed {
  const { values, positionals } = readArgs({ args: [...args], options, allowPositionals: true }, USAGE);
  const { by, until, from, to, ...settings } = values as Readonly<Record<string, string | boolean>>;
  const [first, ...more] = positionals;
  if (first === undefined) throw new InputError(`a command is missing:\n\n${USAGE}`);
  const period = [from && `since ${from}`, to && `until ${to}`].filter(Boolean).join(" ");
  return {
    words: [
      // A whole command in quotes.
      ...tokens(first),
      ...more.map(wordTyped),
      ...Object.entries(settings).map(([name, value]) => word(`${name}:${value === true ? "yes" : value}`)),
      ...(typeof until === "string" ? [word(untilWords(until))] : []),
      ...(period === "" ? [] : [word(period)]),
    ],
    ...(typeof by === "string" && { by }),
  };
}

const word = (text: string): Word => ({ text, isQuoted: false, isClosed: true });

/** One typed argument: of several words if the shell took quotation marks away. */
export function wordTyped(text: string): Word {
  if (!/\s/.test(text)) return { text, isQuoted: false };
  return { text, isQuoted: !/^[a-z-]+:/i.test(text), isClosed: true };
}

/** An end as options name it: a duration is one, and a date is its midnight. */
function untilWords(until: string): string {
  if (/^\d+[mhd]$/.test(until)) return `for ${until}`;
  return `until ${until}${/^\d{4}-\d\d-\d\d$/.test(until) ? " 00:00" : ""}`;
}

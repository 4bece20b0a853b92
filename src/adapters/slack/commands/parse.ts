import { InputError } from "../../../errors.ts";
import type { Label } from "../../../incidents/label.ts";
import type { Permissions } from "../../../settings/permissions.ts";
import type { Command, CommandName, TypedScope, TypedWatch } from "./command.ts";
import { eventOf } from "./event.ts";
import { type Moment, readMoment } from "./moment.ts";
import { nearest } from "./nearest.ts";
import { needed, nothingMore, only } from "./operands.ts";
import { CHANNEL, channelOf, readSettings } from "./settings.ts";
import { shortened } from "./shortened.ts";
import { readSpan, type Span } from "./span.ts";
import { commandNames, usageOf } from "./usage.ts";
import { tokens } from "./words.ts";

/** The maximum length of a command that is read. Nobody types a longer one, and it would only cost time. */
export const LONGEST = 4_000;

/** Reads the text after `/tidewatch`. Throws InputError with what was wrong and the usage of the command. */
export function parseCommand(text: string): Command {
  if (text.length > LONGEST)
    throw new InputError(`the command is too long. Type at most ${LONGEST} characters`);
  const [{ text: first } = { text: "help" }, ...rest] = tokens(text);
  const commandName = commandNames.find((known) => known === first.toLowerCase());
  if (!commandName) {
    const meant = nearest(first, commandNames);
    throw new InputError(
      `unknown command "${shortened(first)}"${meant ? `. Did you mean ${meant}?\n${usageOf(meant as CommandName)}` : `\n${usageOf("help")}`}`,
    );
  }
  try {
    return commandName === "event" ? eventOf(rest) : readers[commandName](rest.map((word) => word.text));
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(`${error.message}\n${usageOf(commandName)}`, { cause: error });
    throw error;
  }
}

/** Phrases for "until it recovers". */
const RECOVERY =
  /^(?:it |it['’]s |(?:it )?is )?(?:recovers|recovery|recovered|over|resolved|back(?: to normal)?)$/i;

const alone =
  <V extends "list" | "mutes" | "status" | "digest" | "export" | "import">(commandName: V) =>
  (rest: readonly string[]): { commandName: V } => {
    nothingMore(rest);
    return { commandName };
  };

const readers: Readonly<Record<Exclude<CommandName, "event">, (rest: readonly string[]) => Command>> = {
  help([about, ...more]) {
    nothingMore(more);
    if (about === undefined) return { commandName: "help" };
    const commandName = commandNames.find((known) => known === about.toLowerCase());
    if (!commandName) throw new InputError(`unknown command "${shortened(about)}"`);
    return { commandName: "help", about: commandName };
  },
  watch: (rest) => ({ commandName: "watch", ...someSettings(rest) }),
  list: alone("list"),
  show: (rest) => ({ commandName: "show", watch: only("which watch?", rest) }),
  edit([watch, ...rest]) {
    return { commandName: "edit", watch: needed("which watch?", watch), ...someSettings(rest) };
  },
  remove: (rest) => ({ commandName: "remove", watch: only("which watch?", rest) }),
  mute(words) {
    const { name, text: typed } = nameAnd(
      words,
      (text) => RECOVERY.test(withoutUntil(text)) || readMoment(text),
    );
    const scope = scopeOf(name);
    const until = withoutUntil(typed);
    if (until === "" || RECOVERY.test(until)) return { commandName: "mute", scope, until: "recovery" };
    const moment = until.startsWith("-") ? undefined : momentOf(typed);
    if (!moment || (moment.kind === "away" && moment.side === "past"))
      throw new InputError(`"${shortened(until)}" is in the past. Examples: 4h, tomorrow 9:00`);
    return { commandName: "mute", scope, until: moment };
  },
  unmute([what, ...more]) {
    nothingMore(more);
    return { commandName: "unmute", scope: scopeOf(what) };
  },
  mutes: alone("mutes"),
  status: alone("status"),
  why(words) {
    const { name, text } = nameAnd(words, readMoment);
    const at = text === "" ? {} : { at: momentOf(text) };
    return { commandName: "why", watch: needed("which watch?", name), ...at };
  },
  preview([watch, ...rest]) {
    return { commandName: "preview", watch: needed("which watch?", watch), ...someSettings(rest) };
  },
  exclude(words) {
    const { name, text } = nameAnd(words, readSpan);
    return { commandName: "exclude", watch: needed("which watch?", name), span: spanOf(text) };
  },
  label([incident, label, ...more]) {
    nothingMore(more);
    return {
      commandName: "label",
      incident: needed("which incident? See the id at the bottom of its alert", incident),
      ...labelOf(label),
    };
  },
  ack: (rest) => ({
    commandName: "ack",
    incident: only("which incident? See the id at the bottom of its alert", rest),
  }),
  digest: alone("digest"),
  audit(words) {
    const { name, text } = nameAnd(words, readMoment);
    const since = text === "" ? {} : { since: momentOf(text) };
    return { commandName: "audit", watch: needed("which watch?", name), ...since };
  },
  changes([watch, ...more]) {
    nothingMore(more);
    return { commandName: "changes", ...(watch !== undefined && { watch }) };
  },
  undo: (rest) => ({
    commandName: "undo",
    change: only("which change? See its id in `/tidewatch changes`", rest),
  }),
  "who-can"([who, ...more]) {
    nothingMore(more);
    return { commandName: "who-can", ...(who !== undefined && { permissions: permissionsOf(who) }) };
  },
  export: alone("export"),
  import: alone("import"),
};

const withoutUntil = (text: string): string => text.replace(/^(until|till?|for)\s+/i, "");

/** A word that begins a time, so that it is not part of a name. */
const BEGINS_TIME =
  /\d|^(?:until|till?|for|at|on|from|since|in|next|last|this|today|tomorrow|yesterday|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

/** A name of one or more words and the longest readable text after it; otherwise all text after the first word. */
function nameAnd(words: readonly string[], read: (text: string) => unknown): { name?: string; text: string } {
  const [first, ...rest] = words;
  for (let i = 1; i < words.length; i++) {
    const text = words.slice(i).join(" ");
    if (read(text)) return { name: words.slice(0, i).join(" "), text };
    if (BEGINS_TIME.test(words[i]!)) break;
  }
  return { ...(first !== undefined && { name: first }), text: rest.join(" ") };
}

const someSettings = (words: readonly string[]): { settings?: TypedWatch } =>
  words.length > 0 ? { settings: readSettings(words) } : {};

function scopeOf(word: string | undefined): TypedScope {
  const what = needed("what do you want to mute?", word);
  const [, kind, value = ""] = /^(app|channel|watch):(.*)$/is.exec(what) ?? [];
  if (what.toLowerCase() === "here") return { kind: "here" };
  if (kind?.toLowerCase() === "channel") return { kind: "channel", channel: channelOf(value) };
  if (CHANNEL.test(what)) return { kind: "channel", channel: what };
  if (kind?.toLowerCase() === "app") return { kind: "app", app: needed("which app?", value) };
  return { kind: "watch", watch: needed("which watch?", kind ? value : what) };
}

function momentOf(text: string): Moment {
  const moment = readMoment(text);
  if (!moment)
    throw new InputError(
      `"${shortened(text.replace(/^(until|till?|for|since|at)\s+/i, ""))}" is not a time. Examples: 4h, tomorrow 9:00, 2026-11-24 09:00`,
    );
  return moment;
}

function spanOf(text: string): Span {
  const span = readSpan(text);
  if (!span)
    throw new InputError(
      text === ""
        ? "from when to when?"
        : `"${shortened(text)}" is not a time range. Examples: Thu 18-21, 2026-11-24 18:00-21:00`,
    );
  return span;
}

const LABELS: readonly Label[] = ["real", "expected", "false-alarm", "new-normal"];

function labelOf(word: string | undefined): { label?: Label } {
  const text = needed(`which label? ${LABELS.join(", ")} or none`, word).toLowerCase();
  if (text === "none") return {};
  const label = LABELS.find((known) => known === text);
  if (!label)
    throw new InputError(`"${shortened(text)}" is not a label. Choose ${LABELS.join(", ")} or none`);
  return { label };
}

function permissionsOf(word: string): Permissions {
  const who = (["everyone", "members", "admins"] as const).find((known) => known === word.toLowerCase());
  if (who) return { who };
  if (/^S[A-Z0-9]{6,}$/.test(word)) return { who: "group", group: word };
  throw new InputError(`"${shortened(word)}" must be everyone, members, admins or a group from Slack's list`);
}

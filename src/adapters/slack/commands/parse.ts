import type { Access } from "../../../core/access.ts";
import type { Label } from "../../../core/label.ts";
import { InputError } from "../../../errors.ts";
import type { Command, TypedScope, TypedWatch, Verb } from "./command.ts";
import { type Moment, readMoment } from "./moment.ts";
import { nearest } from "./nearest.ts";
import { CHANNEL, channelOf, readSettings, shortened } from "./settings.ts";
import { readSpan, type Span } from "./span.ts";
import { usageOf, verbs } from "./usage.ts";
import { words } from "./words.ts";

/** How many characters of a command are read; longer ones nobody types, and they would only cost time. */
export const LONGEST = 4_000;

/** Reads what was typed after `/tidewatch`. Throws InputError: what was wrong, and how the verb is typed. */
export function parseCommand(text: string): Command {
  if (text.length > LONGEST) throw new InputError(`that is too long: at most ${LONGEST} characters are read`);
  const [first = "help", ...rest] = words(text);
  const verb = verbs.find((known) => known === first.toLowerCase());
  if (!verb) {
    const meant = nearest(first, verbs);
    throw new InputError(
      `there is no "${shortened(first)}"${meant ? `: did you mean ${meant}?\n${usageOf(meant as Verb)}` : `\n${usageOf("help")}`}`,
    );
  }
  try {
    return readers[verb](rest);
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(`${error.message}\n${usageOf(verb)}`, { cause: error });
    throw error;
  }
}

const alone =
  <V extends "list" | "mutes" | "status" | "digest" | "export" | "import">(verb: V) =>
  (rest: readonly string[]): { verb: V } => {
    nothingMore(rest);
    return { verb };
  };

const readers: Readonly<Record<Verb, (rest: readonly string[]) => Command>> = {
  help([about, ...more]) {
    nothingMore(more);
    if (about === undefined) return { verb: "help" };
    const verb = verbs.find((known) => known === about.toLowerCase());
    if (!verb) throw new InputError(`there is no "${shortened(about)}"`);
    return { verb: "help", about: verb };
  },
  watch: (rest) => ({ verb: "watch", ...someSettings(rest) }),
  list: alone("list"),
  show: (rest) => ({ verb: "show", watch: only("which watch?", rest) }),
  edit([watch, ...rest]) {
    return { verb: "edit", watch: needed("which watch?", watch), ...someSettings(rest) };
  },
  remove: (rest) => ({ verb: "remove", watch: only("which watch?", rest) }),
  mute([what, ...rest]) {
    const scope = scopeOf(what);
    const until = rest.join(" ").replace(/^(until|for)\s+/i, "");
    if (until === "" || /^(it )?(recovers|recovery)$/i.test(until))
      return { verb: "mute", scope, until: "recovery" };
    if (until.startsWith("-"))
      throw new InputError(`"${shortened(until)}" is past: write such as 4h or tomorrow 9:00`);
    return { verb: "mute", scope, until: momentOf(until) };
  },
  unmute([what, ...more]) {
    nothingMore(more);
    return { verb: "unmute", scope: scopeOf(what) };
  },
  mutes: alone("mutes"),
  status: alone("status"),
  why([watch, ...rest]) {
    const at = rest.length > 0 ? { at: momentOf(rest.join(" ")) } : {};
    return { verb: "why", watch: needed("which watch?", watch), ...at };
  },
  preview([watch, ...rest]) {
    return { verb: "preview", watch: needed("which watch?", watch), ...someSettings(rest) };
  },
  event: eventOf,
  exclude([watch, ...rest]) {
    return { verb: "exclude", watch: needed("which watch?", watch), span: spanOf(rest.join(" ")) };
  },
  label([incident, label, ...more]) {
    nothingMore(more);
    return {
      verb: "label",
      incident: needed("which incident? Its id stands below its message", incident),
      ...labelOf(label),
    };
  },
  ack: (rest) => ({ verb: "ack", incident: only("which incident? Its id stands below its message", rest) }),
  digest: alone("digest"),
  audit([watch, ...rest]) {
    const since = rest.length > 0 ? { since: momentOf(rest.join(" ")) } : {};
    return { verb: "audit", watch: needed("which watch?", watch), ...since };
  },
  changes([watch, ...more]) {
    nothingMore(more);
    return { verb: "changes", ...(watch !== undefined && { watch }) };
  },
  undo: (rest) => ({
    verb: "undo",
    change: only("which change? Its id stands in the list of changes", rest),
  }),
  "who-can"([who, ...more]) {
    nothingMore(more);
    return { verb: "who-can", ...(who !== undefined && { access: accessOf(who) }) };
  },
  export: alone("export"),
  import: alone("import"),
};

function needed(question: string, word: string | undefined): string {
  if (word === undefined || word.trim() === "") throw new InputError(question);
  return word;
}

function only(question: string, [word, ...more]: readonly string[]): string {
  nothingMore(more);
  return needed(question, word);
}

function nothingMore([word]: readonly string[]): void {
  if (word !== undefined) throw new InputError(`"${shortened(word)}" is too much`);
}

const someSettings = (words: readonly string[]): { settings?: TypedWatch } =>
  words.length > 0 ? { settings: readSettings(words) } : {};

function scopeOf(word: string | undefined): TypedScope {
  const what = needed("what is to be muted?", word);
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
      `"${shortened(text)}" is no time: write such as 4h, tomorrow 9:00 or 2026-11-24 09:00`,
    );
  return moment;
}

function spanOf(text: string): Span {
  const span = readSpan(text);
  if (!span)
    throw new InputError(
      text === ""
        ? "from when to when?"
        : `"${shortened(text)}" is no span of time: write such as Thu 18-21 or 2026-11-24 18:00-21:00`,
    );
  return span;
}

function eventOf([act = "list", ...rest]: readonly string[]): Command {
  switch (act.toLowerCase()) {
    case "list":
      nothingMore(rest);
      return { verb: "event", act: "list" };
    case "remove":
      return { verb: "event", act: "remove", event: only("which event? Its id stands in the list", rest) };
    case "plan":
      return planOf(rest);
    default:
      return planOf([act, ...rest]);
  }
}

/** A name, a span of time at its end, and perhaps an app. */
function planOf(rest: readonly string[]): Command {
  const apps = rest.filter((word) => /^app:./is.test(word));
  if (apps.length > 1) throw new InputError("name one app, or none");
  const plain = rest.filter((word) => !apps.includes(word));
  // The longest end that is a span: what comes before is the name.
  for (let i = 1; i < plain.length; i++) {
    const span = readSpan(plain.slice(i).join(" "));
    const name = plain.slice(0, i).join(" ").trim();
    if (!span || name === "") continue;
    return { verb: "event", act: "plan", name, span, ...(apps[0] && { app: apps[0].slice(4) }) };
  }
  throw new InputError(
    plain.length < 2
      ? "which event, and when?"
      : `"${shortened(plain.slice(1).join(" "))}" is no span of time: write such as Thu 18-21`,
  );
}

const LABELS: readonly Label[] = ["real", "expected", "false-alarm", "new-normal"];

function labelOf(word: string | undefined): { label?: Label } {
  const text = needed(`which label? ${LABELS.join(", ")} or none`, word).toLowerCase();
  if (text === "none") return {};
  const label = LABELS.find((known) => known === text);
  if (!label) throw new InputError(`"${shortened(text)}" is no label: choose ${LABELS.join(", ")} or none`);
  return { label };
}

function accessOf(word: string): Access {
  const who = (["everyone", "members", "admins"] as const).find((known) => known === word.toLowerCase());
  if (who) return { who };
  if (/^S[A-Z0-9]{6,}$/.test(word)) return { who: "group", group: word };
  throw new InputError(
    `"${shortened(word)}" is none of everyone, members, admins, and no group from Slack's list`,
  );
}

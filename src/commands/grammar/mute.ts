import { InputError } from "../../errors.ts";
import { type Moment, printMoment, readMoment } from "./moment.ts";
import { momentOf } from "./period.ts";
import { CHANNEL, channelOf } from "./setting-values.ts";
import { shortened } from "./shortened.ts";
import { nameIn, needed, nothingMore, type Syntax, textOf, timeBegins } from "./syntax.ts";
import { quoted, type Word } from "./words.ts";

/** The typed target of a mute. */
export type MuteTarget =
  | { readonly kind: "watch"; readonly watch: string }
  | { readonly kind: "app"; readonly app: string; readonly workspace?: string }
  | { readonly kind: "channel"; readonly channel: string }
  /** The channel in which the command is typed. */
  | { readonly kind: "here" }
  /** Everything that posts there; at the command line, everything. */
  | { readonly kind: "all" };

/** What is no longer muted. */
export const muteTarget: Syntax<{ readonly scope: MuteTarget }> = {
  read(words) {
    const { scope, rest } = scopeIn(words, () => undefined);
    nothingMore(rest);
    return { scope };
  },
  print: ({ scope }) => printTarget(scope),
};

/** A mute as it is typed. */
export interface TypedMute {
  readonly scope: MuteTarget;
  readonly until: Moment | "recovery";
  /** Set by the button that confirms the mute of a channel. */
  readonly isConfirmed?: true;
}

/** The word of that button. */
const CONFIRMED = "confirmed:yes";

/** What is muted, and until when. */
export const muteTargetUntil: Syntax<TypedMute> = {
  read(words) {
    const isTime = (text: string) => RECOVERY.test(withoutUntil(text)) || readMoment(text);
    const isConfirmed = ({ text, isQuoted }: Word) => !isQuoted && text === CONFIRMED;
    const others = words.filter((word) => !isConfirmed(word));
    const { scope, rest } = scopeIn(others, (some) => timeBegins(some, isTime));
    return {
      scope,
      until: untilIn(textOf(rest)),
      ...(others.length < words.length && { isConfirmed: true }),
    };
  },
  print: ({ scope, until, isConfirmed }) => [
    ...printTarget(scope),
    until === "recovery"
      ? "until recovers"
      : `${until.kind === "away" ? "for" : "until"} ${printMoment(until)}`,
    ...(isConfirmed ? [CONFIRMED] : []),
  ],
};

/** Phrases for "until it recovers". */
const RECOVERY =
  /^(?:it |it['’]s |(?:it )?is )?(?:recovers|recovery|recovered|over|resolved|back(?: to normal)?)$/i;

const withoutUntil = (text: string): string => text.replace(/^(until|till?|for)\s+/i, "");

function untilIn(typed: string): Moment | "recovery" {
  const until = withoutUntil(typed);
  if (until === "" || RECOVERY.test(until)) return "recovery";
  const moment = until.startsWith("-") ? undefined : momentOf(typed);
  if (!moment || (moment.kind === "away" && moment.side === "past"))
    throw new InputError(`"${shortened(until)}" is in the past. Examples: 4h, tomorrow 9:00`);
  return moment;
}

const WORKSPACE = /^workspace:(.+)$/is;

function scopeIn(words: readonly Word[], begins: (words: readonly Word[]) => number | undefined) {
  const isWorkspace = ({ text, isQuoted }: Word) => !isQuoted && WORKSPACE.test(text);
  const [, workspace] = WORKSPACE.exec(words.find(isWorkspace)?.text ?? "") ?? [];
  const { name, rest } = nameIn(
    words.filter((word) => !isWorkspace(word)),
    { begins },
  );
  return { scope: scopeOf(name, workspace), rest };
}

const scopeOf = (name: string | undefined, workspace: string | undefined): MuteTarget =>
  targetOf(needed("what do you want to mute?", name), workspace);

/** The target that somebody names: a watch, an app, a channel or the present channel. */
export function targetOf(what: string, workspace?: string): MuteTarget {
  if (workspace && !/^app:/i.test(what)) throw new InputError("workspace: only goes with app:");
  const [, kind, value = ""] = /^(app|channel|watch):(.*)$/is.exec(what) ?? [];
  if (/^(?:here|this channel)$/i.test(what)) return { kind: "here" };
  if (/^(?:all|everything|all watches)$/i.test(what)) return { kind: "all" };
  if (kind?.toLowerCase() === "channel") return { kind: "channel", channel: channelOf(value) };
  if (CHANNEL.test(what)) return { kind: "channel", channel: what };
  if (kind?.toLowerCase() === "app")
    return { kind: "app", app: needed("which app?", value), ...(workspace && { workspace }) };
  return { kind: "watch", watch: needed("which watch?", kind ? value : what) };
}

/** A target as it is typed. */
export function printTarget(scope: MuteTarget): string[] {
  switch (scope.kind) {
    case "here":
    case "all":
      return [scope.kind];
    case "watch":
      return [`watch:${quoted(scope.watch)}`];
    case "app":
      return [
        `app:${quoted(scope.app)}`,
        ...(scope.workspace ? [`workspace:${quoted(scope.workspace)}`] : []),
      ];
    case "channel":
      return [scope.channel];
  }
}

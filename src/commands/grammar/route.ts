import { InputError } from "../../errors.ts";
import type { QuietHours } from "../../notifications/quiet-hours.ts";
import { quietSpan, weekdayWords } from "../../text/quiet-hours.ts";
import { HOUR, MINUTE } from "../../time/time.ts";
import { type MuteTarget, printTarget, targetOf } from "./mute.ts";
import { oneOf, quietHoursOf } from "./setting-values.ts";
import { shortened } from "./shortened.ts";
import { needed, type Syntax, textOf } from "./syntax.ts";
import { quoted, type Word } from "./words.ts";

/** A route as it is typed. */
export interface TypedRoute {
  readonly scope: MuteTarget;
  readonly to: string;
  readonly severity: "warning" | "critical";
  /** In milliseconds. */
  readonly after?: number;
  readonly quiet?: Omit<QuietHours, "critical">;
}

const KEYS = ["to", "severity", "after", "quiet", "quiet-days"] as const;
type Key = (typeof KEYS)[number];

const SETTING = new RegExp(`^(${KEYS.join("|")})[:=](.*)$`, "is");

/** `ios to:pager severity:critical after:15m quiet:22-7`. */
export const routeSyntax: Syntax<TypedRoute> = {
  read(words) {
    const isSetting = ({ text, isQuoted }: Word) => !isQuoted && SETTING.test(text);
    const values = new Map<Key, string>();
    for (const { text } of words.filter(isSetting)) {
      const [, key = "", value = ""] = SETTING.exec(text) ?? [];
      const known = key.toLowerCase() as Key;
      if (values.has(known)) throw new InputError(`${known} is given twice`);
      values.set(known, needed(`"${known}:" has no value. Add one`, value));
    }
    const what = textOf(words.filter((word) => !isSetting(word)));
    needed("what do you want to route? A watch, app:ID, a channel, here or everything", what);
    const severity = values.get("severity");
    const after = values.get("after");
    const quiet = quietOf(values.get("quiet"), values.get("quiet-days"));
    return {
      scope: targetOf(what),
      to: needed("where to? Add a destination, for example to:pager", values.get("to")),
      severity:
        severity !== undefined && oneOf("severity", severity, ["critical", "all"]) === "critical"
          ? "critical"
          : "warning",
      ...(after !== undefined && { after: durationOf(after) }),
      ...(quiet && { quiet }),
    };
  },
  print: ({ scope, to, severity, after, quiet }) => [
    ...printTarget(scope),
    `to:${quoted(to)}`,
    ...(severity === "critical" ? ["severity:critical"] : []),
    ...(after === undefined ? [] : [`after:${after / MINUTE}m`]),
    ...(quiet ? [`quiet:${quietSpan(quiet)}`] : []),
    ...(quiet?.days ? [`quiet-days:${weekdayWords(quiet.days)}`] : []),
  ],
};

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR };

function durationOf(typed: string): number {
  const [, number = "", unit = ""] = /^([1-9]\d{0,3})\s?(m|h)/i.exec(typed) ?? [];
  const found = Number(number) * (UNITS[unit.toLowerCase()] ?? 0);
  if (found > 0) return found;
  throw new InputError(`after must be a duration such as 15m or 2h. You typed "${shortened(typed)}"`);
}

function quietOf(hours: string | undefined, days: string | undefined): TypedRoute["quiet"] {
  if (hours === undefined) {
    if (days === undefined) return undefined;
    throw new InputError("quiet-days needs quiet hours. Add them, for example quiet:22-7");
  }
  return quietHoursOf(hours, days);
}

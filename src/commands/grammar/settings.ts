import { InputError } from "../../errors.ts";
import { type Counted, type MetricName, metricNamed, metricNames } from "../../metrics/metrics.ts";
import type { QuietHours } from "../../notifications/quiet-hours.ts";
import type { Rules } from "../../settings/watch.ts";
import { quietSpan, readQuietSpan, readWeekdays, weekdayWords } from "../../text/quiet-hours.ts";
import { sensitivityWords } from "../../text/sensitivity.ts";
import type { Unit } from "../../time/time.ts";
import { nearest } from "./nearest.ts";
import { denominatorOf, denominatorWords, divisionIn } from "./ratio.ts";
import {
  AUTO,
  CHANNEL,
  channelOf,
  countOf,
  DIRECTIONS,
  isAuto,
  isNone,
  NONE,
  OWNER,
  oneOf,
  ownerOf,
  runbookOf,
  sensitivityOf,
  shareOf,
} from "./setting-values.ts";
import { shortened } from "./shortened.ts";
import { type Following, type Syntax, textOf } from "./syntax.ts";
import { quoted, type Word } from "./words.ts";

/** The typed settings of a watch; `null` removes a setting. */
export interface TypedWatch
  extends Partial<Omit<Rules, "thresholdAdjustment" | "minAbsoluteChange" | "minCriticalChange">> {
  /** `null`: from the size of the series. */
  readonly minAbsoluteChange?: number | null;
  readonly minCriticalChange?: number | null;
  readonly workspace?: string;
  readonly metric?: MetricName;
  /** The name of a custom event or a product; `null`: all products. */
  readonly item?: string | null;
  /** What a ratio is divided by; `null`: nothing. */
  readonly per?: Counted | null;
  /** An id from Braze, or the app's name in Tidewatch; `null`: all apps. */
  readonly app?: string | null;
  readonly appName?: string;
  /** An id from Braze, or the segment's name there; `null`: everybody. */
  readonly segment?: string | null;
  readonly segmentName?: string;
  readonly unit?: Unit;
  /** The Slack channel's id. */
  readonly channel?: string;
  readonly quiet?: QuietHours | null;
  /** A Slack user (U…) or user group (S…). */
  readonly owner?: string | null;
  readonly runbook?: string | null;
}

/** One setting: how its value is read and written. Quiet hours are read from three settings together. */
interface Setting {
  read(value: string): TypedWatch;
  /** Undefined where it is not set. */
  print(settings: TypedWatch): string | undefined;
  /** Its value is a name, which may have several words. */
  readonly isName?: true;
}

const name = (field: "workspace" | "appName" | "segmentName"): Setting => ({
  read: (value) => ({ [field]: value }),
  print: (settings) => settings[field],
  isName: true,
});

/** A name or id; `all` stands for null. */
const nameOrAll = (field: "app" | "segment"): Setting => ({
  read: (value) => ({ [field]: value === "all" ? null : value }),
  print: (settings) => (settings[field] === null ? "all" : settings[field]),
  isName: true,
});

const metric: Setting = {
  read(value) {
    const found = metricNamed(value);
    if (found) return { metric: found };
    const meant = nearest(value, metricNames);
    throw new InputError(
      `"${shortened(value)}" is not a metric. ${meant ? `Did you mean ${meant}?` : `Use one of: ${metricNames.join(", ")}`}`,
    );
  },
  print: ({ metric, item }) => (metric === "events" && item ? undefined : metric),
};

/** A custom event, which names its metric as well. */
const event: Setting = {
  read: (value) => ({ metric: "events", item: value }),
  print: ({ metric, item }) => (metric === "events" && item ? item : undefined),
  isName: true,
};

/** A product, whose purchases are meant unless its revenue is named. */
const product: Setting = {
  read: (value) => ({ item: value === "all" ? null : value }),
  print: ({ metric, item }) => (metric === "events" ? undefined : item === null ? "all" : item),
  isName: true,
};

/** What a ratio is divided by. */
const per: Setting = {
  read: (value) => ({ per: denominatorOf(value) }),
  print: ({ per }) => (per === undefined ? undefined : denominatorWords(per)),
  isName: true,
};

/** A value that `none` removes. */
const removable = (field: "owner" | "runbook", read: (value: string) => string): Setting => ({
  read: (value) => ({ [field]: isNone(value) ? null : read(value) }),
  print: (settings) => (settings[field] === null ? NONE : settings[field]),
});

/** A number of counts; `auto`: one that follows from the size of the series. */
const floor = (setting: string, field: "minAbsoluteChange" | "minCriticalChange"): Setting => ({
  read: (value) => ({ [field]: isAuto(value) ? null : countOf(setting, value) }),
  print: ({ [field]: count }) => (count === null ? AUTO : count?.toString()),
});

const quietPart = (print: (quiet: QuietHours) => string | undefined, removed?: string): Setting => ({
  read: () => ({}),
  print: ({ quiet }) => (quiet ? print(quiet) : quiet === null ? removed : undefined),
});

/** The settings of a watch by their names, in the order in which they are written. */
const settings = {
  workspace: name("workspace"),
  metric,
  event,
  product,
  per,
  app: nameOrAll("app"),
  name: name("appName"),
  segment: nameOrAll("segment"),
  "segment-name": name("segmentName"),
  unit: {
    read: (value) => ({ unit: oneOf("unit", value, ["hour", "day"]) }),
    print: ({ unit }) => unit,
  },
  channel: { read: (value) => ({ channel: channelOf(value) }), print: ({ channel }) => channel },
  sensitivity: {
    read: (value) => ({ sensitivity: sensitivityOf(value) }),
    print: ({ sensitivity }) => sensitivity && sensitivityWords(sensitivity),
  },
  "min-change": {
    read: (value) => ({ minRelativeChange: shareOf(value) }),
    print: ({ minRelativeChange: share }) =>
      share === undefined ? undefined : `${Math.round(share * 100)}%`,
  },
  "min-count": floor("min-count", "minAbsoluteChange"),
  "critical-from": floor("critical-from", "minCriticalChange"),
  quiet: quietPart(quietSpan, NONE),
  "quiet-days": quietPart(({ days }) => days && weekdayWords(days)),
  "quiet-critical": quietPart(({ critical }) => (critical ? "yes" : undefined)),
  owner: removable("owner", ownerOf),
  runbook: removable("runbook", runbookOf),
  direction: {
    read: (value) => ({ direction: oneOf("direction", value, DIRECTIONS) }),
    print: ({ direction }) => direction,
  },
} as const satisfies Readonly<Record<string, Setting>>;

type Key = keyof typeof settings;

/** The names of all settings. */
export const settingNames = Object.keys(settings) as Key[];

/** Other names of settings. */
const ALIASES: Readonly<Record<string, Key>> = { "app-name": "name", "min-sessions": "min-count" };

/**
 * Reads settings of a watch: `app:ios segment:"New users" sensitivity:high drop`. Throws InputError for an invalid one.
 */
export function readSettings(words: readonly Word[]): TypedWatch {
  const values = new Map<Key, string>();
  for (const word of joined(words)) {
    const [key, value] = settingOf(word);
    if (values.has(key)) throw new InputError(`"${key}" is set twice. Keep one`);
    values.set(key, value);
  }
  refuseTwoMetrics(values);
  const quiet = quietOf(values);
  return Object.assign({}, ...[...values].map(([key, value]) => settings[key].read(value)), quiet);
}

/** An event is counted by its own metric. */
function refuseTwoMetrics(values: ReadonlyMap<Key, string>): void {
  if (!values.has("event")) return;
  const other = values.has("product") ? "product" : values.has("metric") ? "metric" : undefined;
  const named = other === "metric" ? metricNamed(values.get("metric") ?? "") : undefined;
  if (other && named !== "events")
    throw new InputError(`an event and a ${other} are two watches. Remove one of them`);
}

/**
 * One text a setting. Slack suggests channels and people only after a space, so `channel: #alerts` is one setting; and
 * so is a name of several words, up to the next setting.
 */
function joined(words: readonly Word[]): string[] {
  const all: Word[] = [];
  for (const word of words) {
    const { text: last = "", isClosed } = all.at(-1) ?? {};
    const [, key, value] = KEY_AND_VALUE.exec(last) ?? [];
    if (key !== undefined && value === "" && !isClosed)
      all[all.length - 1] = { ...word, text: last + word.text };
    else if (key !== undefined && !isClosed && isName(key) && !isSetting(word))
      all[all.length - 1] = { ...word, text: `${last} ${word.text}` };
    else all.push(word);
  }
  return all.map(({ text }) => text);
}

const KEY_AND_VALUE = /^([a-z-]+):(.*)$/is;

const isDirection = (text: string): boolean =>
  DIRECTIONS.some((direction) => direction === text.toLowerCase());

const keyNamed = (name: string): Key | undefined =>
  settingNames.find((known) => known === name.toLowerCase()) ?? ALIASES[name.toLowerCase()];

function isName(name: string): boolean {
  const key = keyNamed(name);
  return key !== undefined && "isName" in settings[key];
}

/** Whether a word can be a setting, and is no part of a name. */
const isSetting = ({ text, isQuoted }: Word): boolean =>
  !isQuoted && (CHANNEL.test(text) || OWNER.test(text) || isDirection(text) || /^[a-z-]+:/i.test(text));

/** Settings after a name; none are undefined. */
export const settingsAfterName: Following<{ readonly settings?: TypedWatch }> = {
  begins(words) {
    const at = words.findIndex((word, i) => i > 0 && isSetting(word));
    return at < 0 ? undefined : at;
  },
  read: (words) => (words.length > 0 ? { settings: readSettings(words) } : {}),
  print: ({ settings: typed }) => printSettings(typed ?? {}),
};

/** Settings alone. They may begin with what is counted: a metric, a custom event in quotes, or a ratio of two. */
export const someSettings: Syntax<{ readonly settings?: TypedWatch }> = {
  read: (words) => settingsAfterName.read(withCounted(words)),
  print: settingsAfterName.print,
};

function withCounted(words: readonly Word[]): readonly Word[] {
  const division = divisionIn(words, isSetting);
  if (!division) return withMetric(words);
  const { over, under, rest } = division;
  return [...withMetric(over), setting("per", under), ...rest];
}

/** The words with the metric at their beginning as a setting. */
function withMetric(words: readonly Word[]): readonly Word[] {
  const [first] = words;
  if (!first) return words;
  if (first.isQuoted) return [setting("event", first.text), ...words.slice(1)];
  const length = [3, 2, 1].find((many) => metricNamed(textOf(words.slice(0, many))) && words.length >= many);
  return length === undefined
    ? words
    : [setting("metric", textOf(words.slice(0, length))), ...words.slice(length)];
}

const setting = (key: Key, value: string): Word => ({
  text: `${key}:${value}`,
  isQuoted: false,
  isClosed: true,
});

function settingOf(word: string): [Key, string] {
  if (CHANNEL.test(word)) return ["channel", word];
  if (OWNER.test(word)) return ["owner", word];
  if (isDirection(word)) return ["direction", word.toLowerCase()];
  const [, typed, value = ""] = KEY_AND_VALUE.exec(word) ?? [];
  if (typed === undefined)
    throw new InputError(`"${shortened(word)}" is not a setting. Example: sensitivity:high`);
  const key = keyNamed(typed);
  if (!key) {
    const meant = nearest(typed, settingNames);
    throw new InputError(`unknown setting "${shortened(typed)}"${meant ? `. Did you mean ${meant}?` : ""}`);
  }
  if (value.trim() === "") throw new InputError(`"${key}:" has no value. Add one`);
  return [key, value.trim()];
}

function quietOf(values: ReadonlyMap<Key, string>): TypedWatch {
  const [hours, days, critical] = (["quiet", "quiet-days", "quiet-critical"] as const).map((key) =>
    values.get(key),
  );
  if (hours === undefined) {
    if (days !== undefined || critical !== undefined)
      throw new InputError(
        "quiet-days and quiet-critical need quiet hours. Add them, for example quiet:22-7",
      );
    return {};
  }
  if (isNone(hours)) return { quiet: null };
  const span = readQuietSpan(hours.replace(/[–—]/g, "-"));
  if (!span)
    throw new InputError(
      `quiet must be a range of hours such as 22-7 or 22:00-07:30. You typed "${shortened(hours)}"`,
    );
  const weekdays = days === undefined ? undefined : readWeekdays(days.toLowerCase().replace(/[–—]/g, "-"));
  if (days !== undefined && !weekdays)
    throw new InputError(
      `quiet-days must be a list of days such as mon-fri or sat,sun. You typed "${shortened(days)}"`,
    );
  const isCritical = critical !== undefined && oneOf("quiet-critical", critical, ["yes", "no"]) === "yes";
  return { quiet: { ...span, ...(weekdays && { days: weekdays }), critical: isCritical } };
}

/** Writes settings so that `readSettings` reads them back. */
export const printSettings = (typed: TypedWatch): string[] =>
  settingNames.flatMap((key) => {
    const value = settings[key].print(typed);
    return value === undefined ? [] : [key === "direction" ? value : `${key}:${quoted(value)}`];
  });

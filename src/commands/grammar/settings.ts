import { InputError } from "../../errors.ts";
import { metricNamed } from "../../metrics/metrics.ts";
import { nearest } from "./nearest.ts";
import { divisionIn } from "./ratio.ts";
import { type Key, keyNamed, settingNames, settings, type TypedWatch } from "./setting-table.ts";
import { CHANNEL, DIRECTIONS, isNone, OWNER, oneOf, quietHoursOf } from "./setting-values.ts";
import { shortened } from "./shortened.ts";
import { type Following, type Syntax, textOf } from "./syntax.ts";
import { quoted, type Word } from "./words.ts";

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

/** What a metric is counted for; a watch has one of them. */
const COUNTED_FOR = ["event", "product", "campaign", "canvas"] as const satisfies readonly Key[];

/** An event is counted by its own metric. */
function refuseTwoMetrics(values: ReadonlyMap<Key, string>): void {
  const [one, other] = COUNTED_FOR.filter((key) => values.has(key));
  if (one && other)
    throw new InputError(
      `${one === "event" ? "an" : "a"} ${one} and a ${other} are two watches. Remove one of them`,
    );
  if (one !== "event" || !values.has("metric")) return;
  if (metricNamed(values.get("metric") ?? "") !== "events")
    throw new InputError("an event and a metric are two watches. Remove one of them");
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
  // A campaign sends no events.
  const isEvent = first.isQuoted && !(metricNamed(first.text) && words.some(isOfMessages));
  if (isEvent) return [setting("event", first.text), ...words.slice(1)];
  const length = [3, 2, 1].find((many) => metricNamed(textOf(words.slice(0, many))) && words.length >= many);
  return length === undefined
    ? words
    : [setting("metric", textOf(words.slice(0, length))), ...words.slice(length)];
}

const isOfMessages = ({ text }: Word): boolean => /^(?:campaign|canvas):/i.test(text);

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
  const isCritical = critical !== undefined && oneOf("quiet-critical", critical, ["yes", "no"]) === "yes";
  return { quiet: { ...quietHoursOf(hours, days), critical: isCritical } };
}

/** Writes settings so that `readSettings` reads them back. */
export const printSettings = (typed: TypedWatch): string[] =>
  settingNames.flatMap((key) => {
    const value = settings[key].print(typed);
    return value === undefined ? [] : [key === "direction" ? value : `${key}:${quoted(value)}`];
  });

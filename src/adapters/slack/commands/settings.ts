import { InputError } from "../../../errors.ts";
import { isAddress, LONGEST_ADDRESS } from "../../../settings/limits.ts";
import type { Sensitivity } from "../../../settings/watch.ts";
import { quietSpan, readQuietSpan, readWeekdays, weekdayWords } from "../../../text/quiet-hours.ts";
import type { TypedWatch } from "./command.ts";
import { nearest } from "./nearest.ts";
import { shortened } from "./shortened.ts";
import { quoted } from "./words.ts";

const NONE = "none";
const DIRECTIONS = ["drop", "spike", "both"] as const;
const KEYS = [
  "app",
  "name",
  "segment",
  "segment-name",
  "workspace",
  "channel",
  "direction",
  "sensitivity",
  "unit",
  "min-change",
  "min-sessions",
  "quiet",
  "quiet-days",
  "quiet-critical",
  "owner",
  "runbook",
] as const;
type Key = (typeof KEYS)[number];

/** A Slack channel's id. */
export const CHANNEL = /^[CGD][A-Z0-9]{6,}$/;

const OWNER = /^[UWS][A-Z0-9]{6,}$/;

/**
 * Reads settings of a watch: `app:ios segment:"New users" sensitivity:high drop`. Throws InputError for an invalid one.
 */
export function readSettings(words: readonly string[]): TypedWatch {
  const values = new Map<Key, string>();
  for (const word of joined(words)) {
    const [key, value] = settingOf(word);
    if (values.has(key)) throw new InputError(`"${key}" is set twice. Keep one`);
    values.set(key, value);
  }
  const quiet = quietOf(values);
  return Object.assign({}, ...[...values].map(([key, value]) => readers[key]?.(value)), quiet);
}

/** Slack suggests channels and people only after a space, so `channel: #alerts` is one setting. */
function joined(words: readonly string[]): string[] {
  const all: string[] = [];
  for (const word of words) {
    const last = all.at(-1);
    if (last !== undefined && /^[a-z-]+:$/i.test(last)) all[all.length - 1] = `${last}${word}`;
    else all.push(word);
  }
  return all;
}

function settingOf(word: string): [Key, string] {
  if (CHANNEL.test(word)) return ["channel", word];
  if (OWNER.test(word)) return ["owner", word];
  if (DIRECTIONS.some((direction) => direction === word.toLowerCase()))
    return ["direction", word.toLowerCase()];
  const [, name, value = ""] = /^([a-z-]+):(.*)$/is.exec(word) ?? [];
  if (name === undefined)
    throw new InputError(
      `"${shortened(word)}" is not a setting. Example: sensitivity:high. Put names with spaces in quotes`,
    );
  const key = KEYS.find((known) => known === name.toLowerCase());
  if (!key) {
    const meant = nearest(name, KEYS);
    throw new InputError(`unknown setting "${shortened(name)}"${meant ? `. Did you mean ${meant}?` : ""}`);
  }
  if (value.trim() === "") throw new InputError(`"${key}:" has no value. Add one`);
  return [key, value.trim()];
}

const optional = (value: string): string | null => (value.toLowerCase() === NONE ? null : value);

/** The reader of each setting. Quiet hours are read from three settings together. */
const readers: Readonly<Partial<Record<Key, (value: string) => TypedWatch>>> = {
  app: (value) => ({ app: value === "all" ? null : value }),
  name: (value) => ({ appName: value }),
  segment: (value) => ({ segment: value === "all" ? null : value }),
  "segment-name": (value) => ({ segmentName: value }),
  workspace: (value) => ({ workspace: value }),
  channel: (value) => ({ channel: channelOf(value) }),
  direction: (value) => ({ direction: oneOf("direction", value, DIRECTIONS) }),
  sensitivity: (value) => ({ sensitivity: sensitivityOf(value) }),
  unit: (value) => ({ unit: oneOf("unit", value, ["hour", "day"]) }),
  "min-change": (value) => ({ minRelativeChange: shareOf(value) }),
  "min-sessions": (value) => ({ minAbsoluteChange: countOf(value) }),
  owner: (value) => ({ owner: ownerOf(value) }),
  runbook: (value) => ({ runbook: runbookOf(value) }),
};

/** Reads a channel that Slack turned into a link. Throws InputError otherwise. */
export function channelOf(value: string): string {
  if (CHANNEL.test(value)) return value;
  throw new InputError(`"${shortened(value)}" is not a channel. Type # and choose it from Slack's list`);
}

function oneOf<Word extends string>(key: Key, word: string, words: readonly Word[]): Word {
  const found = words.find((allowed) => allowed === word.toLowerCase());
  if (!found)
    throw new InputError(`${key} must be one of ${words.join(", ")}. You typed "${shortened(word)}"`);
  return found;
}

function sensitivityOf(text: string): Sensitivity {
  const [, budget] = /^(\d{1,4}(?:\.\d{1,3})?)\/month$/i.exec(text) ?? [];
  if (budget && Number(budget) > 0) return { alertsPerMonth: Number(budget) };
  const word = (["low", "normal", "high"] as const).find((known) => known === text.toLowerCase());
  if (word) return word;
  throw new InputError(
    `sensitivity must be low, normal, high or a number of false alarms such as 2/month. You typed "${shortened(text)}"`,
  );
}

function shareOf(text: string): number {
  const [, percent] = /^(\d{1,3})\s?%$/.exec(text) ?? [];
  if (percent === undefined)
    throw new InputError(`min-change must be a percentage such as 10%. You typed "${shortened(text)}"`);
  return Number(percent) / 100;
}

function countOf(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InputError(`min-sessions must be a whole number such as 50. You typed "${shortened(text)}"`);
  return Number(text);
}

function ownerOf(value: string): string | null {
  if (optional(value) === null || OWNER.test(value)) return optional(value);
  throw new InputError(
    `owner "${shortened(value)}" is unknown. Type @ and choose a person or group from Slack's list`,
  );
}

function runbookOf(value: string): string | null {
  if (optional(value) === null || isAddress(value)) return optional(value);
  throw new InputError(
    `runbook must be an address that starts with https:// and has at most ${LONGEST_ADDRESS} characters. You typed "${shortened(value)}"`,
  );
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
  if (optional(hours) === null) return { quiet: null };
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
export function printSettings(settings: TypedWatch): string[] {
  const { direction, quiet } = settings;
  const pairs: [Key, string | undefined][] = [
    ["workspace", settings.workspace],
    ["app", settings.app === null ? "all" : settings.app],
    ["name", settings.appName],
    ["segment", settings.segment === null ? "all" : settings.segment],
    ["segment-name", settings.segmentName],
    ["unit", settings.unit],
    ["channel", settings.channel],
    ["sensitivity", settings.sensitivity && sensitivityWords(settings.sensitivity)],
    [
      "min-change",
      settings.minRelativeChange === undefined
        ? undefined
        : `${Math.round(settings.minRelativeChange * 100)}%`,
    ],
    ["min-sessions", settings.minAbsoluteChange?.toString()],
    ["quiet", quiet ? quietSpan(quiet) : quiet === null ? NONE : undefined],
    ["quiet-days", quiet?.days && weekdayWords(quiet.days)],
    ["quiet-critical", quiet?.critical ? "yes" : undefined],
    ["owner", settings.owner === null ? NONE : settings.owner],
    ["runbook", settings.runbook === null ? NONE : settings.runbook],
  ];
  return [
    ...pairs.flatMap(([key, value]) => (value === undefined ? [] : [`${key}:${quoted(value)}`])),
    ...(direction ? [direction] : []),
  ];
}

/** A sensitivity as people type it. */
export const sensitivityWords = (sensitivity: Sensitivity): string =>
  typeof sensitivity === "string" ? sensitivity : `${sensitivity.alertsPerMonth}/month`;

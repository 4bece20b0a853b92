import { InputError } from "../../errors.ts";
import {
  brazeMetricOf,
  type Counted,
  metricNamed,
  metricNameOf,
  metricNames,
} from "../../metrics/metrics.ts";
import { nearest } from "./nearest.ts";
import { isNone, NONE } from "./setting-values.ts";
import { shortened } from "./shortened.ts";
import { textOf } from "./syntax.ts";
import type { Word } from "./words.ts";

/**
 * Reads what a ratio is divided by: a metric, a custom event by its name alone, or `metric:name`. Null for none.
 * @example denominatorOf("events:Sign up"); // => { metric: "events", item: "Sign up" }
 */
export function denominatorOf(value: string): Counted | null {
  if (isNone(value)) return null;
  const metric = metricNamed(value);
  if (metric) return { metric };
  const [, key = "", item = ""] = /^([a-z-]+):(.+)$/is.exec(value) ?? [];
  const named = ofItem[key.toLowerCase()] ?? metricNamed(key);
  if (named && brazeMetricOf({ metric: named }).item) return { metric: named, item: item.trim() };
  return { metric: "events", item: value };
}

/** Settings that name what is counted by its item. */
const ofItem: Readonly<Record<string, NonNullable<Counted["metric"]>>> = {
  event: "events",
  product: "purchases",
};

/** Writes a denominator so that it is read back. */
export const denominatorWords = (per: Counted | null): string =>
  per === null ? NONE : [metricNameOf(per), ...(per.item === undefined ? [] : [per.item])].join(":");

/** What is counted, for each of what, and the settings after it. */
export interface Division {
  readonly over: readonly Word[];
  readonly under: string;
  readonly rest: readonly Word[];
}

const isSlash = ({ text, isQuoted }: Word): boolean => !isQuoted && text === "/";

/** A word that names what is counted, or its event or product. */
const isCounted = ({ text }: Word): boolean => /^(?:event|product|metric):/i.test(text);

/**
 * Splits `"Order Completed" / sessions app:iOS` at the slash; undefined where nothing is divided. A slash after another
 * setting is part of its name. Throws InputError for half a ratio, or a ratio of ratios.
 */
export function divisionIn(typed: readonly Word[], isSetting: (word: Word) => boolean): Division | undefined {
  const end = typed.findIndex((word) => isSetting(word) && !isCounted(word));
  const leading = end < 0 ? typed : typed.slice(0, end);
  const settings = end < 0 ? [] : typed.slice(end);
  const words = leading.flatMap(divided);
  const at = words.findIndex(isSlash);
  if (at < 0) return undefined;
  const [over, after] = [words.slice(0, at), words.slice(at + 1)];
  if (over.length === 0 || after.length === 0)
    throw new InputError('a ratio needs two parts. Example: "Order Completed" / sessions');
  if (after.some(isSlash))
    throw new InputError("a ratio has two parts, and neither can be a ratio. Remove one of the slashes");
  const under = denominatorIn(after);
  if (under !== undefined) return { over, under, rest: settings };
  // An event whose name has a slash in it.
  if (isCounted(over[0]!)) return undefined;
  const meant = nearest(textOf(after), metricNames);
  throw new InputError(
    `"${shortened(textOf(after))}" is not a metric to divide by. ${meant ? `Did you mean ${meant}?` : `Use one of: ${metricNames.join(", ")}, or an event's name in quotes`}`,
  );
}

/** `dau/mau` as three words. A word in quotes, or with a key, is one. */
const divided = (word: Word): Word[] =>
  word.isQuoted || isCounted(word) || !word.text.includes("/") || word.text === "/"
    ? [word]
    : word.text
        .split(/(\/)/)
        .filter((text) => text !== "")
        .map((text) => ({ text, isQuoted: false }));

function denominatorIn(words: readonly Word[]): string | undefined {
  const [first] = words;
  const text = textOf(words);
  if (first?.isQuoted) return words.length === 1 ? `events:${first.text}` : undefined;
  if (first && isCounted(first)) return text.replace(/^metric:/i, "");
  return metricNamed(text) && text;
}

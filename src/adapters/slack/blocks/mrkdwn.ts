import { type Text, type Writer, written } from "../../../text/text.ts";
import { zonedSpan, zonedWhen } from "../../../text/times.ts";
import { escaped } from "./escape.ts";
import { link, mention } from "./links.ts";
import { safeName } from "./names.ts";
import { localSpan, localWhen } from "./when.ts";

/** A text in Slack's mrkdwn. @param longest the maximum length of each name */
export const mrkdwn = (value: Text, longest = 80): string => written(value, writer(longest));

/** The most characters of a message's text, which is all that a phone shows of it. */
export const PHONE = 150;

/** The lengths to which names are cut, until a text fits. */
const NAMES = [40, 28, 20, 14, 10, 6];

/** Below this length of a name, a shorter text is better. */
const READABLE = 14;

/**
 * The text for the notification on a phone or for a screen reader, which knows neither bold type nor the reader's
 * clock: at most 150 characters. Names are cut, numbers are not. @param variants the same in fewer and fewer words
 */
export function phoneText(variants: readonly Text[], zone: string): string {
  const short = variants.at(-1) ?? [];
  const tries = variants.flatMap((value) =>
    NAMES.filter((longest) => longest >= READABLE || value === short).map(
      (longest) => [value, longest] as const,
    ),
  );
  for (const [value, longest] of tries) {
    const text = notificationText(value, { zone, longest });
    if (text.length <= PHONE) return text;
  }
  return clipped(notificationText(short, { zone, longest: NAMES.at(-1)! }));
}

/** A text without bold type, with times by the clock of a zone. `longest`: the maximum length of each name. */
export const notificationText = (value: Text, { zone = "UTC", longest = 40 } = {}): string =>
  written(value, {
    ...writer(longest),
    name: (name, own = longest) => safeName(name, Math.min(own, longest)),
    time: (at, unit) => zonedWhen(at, unit, zone),
    span: (when, unit) => zonedSpan(when, unit, zone),
    strong: (inner) => inner,
    struck: (inner) => inner,
  });

/** The part of a text that a phone shows. It never splits an escaped character, nor a letter. */
export function clipped(text: string): string {
  if (text.length <= PHONE) return text;
  const cut = text
    .slice(0, PHONE - 1)
    .toWellFormed()
    .replace(/\ufffd$/, "")
    .replace(/(?:&[a-z]*|\u2060[*_~`]?|<[^>]*)$/, "");
  // Between words, where one ends nearby.
  return `${cut.replace(/(?<=.{120})[,;:]? \S*$/s, "").trimEnd()}…`;
}

const writer = (longest: number): Writer => ({
  string: escaped,
  name: (name, own = longest) => safeName(name, own),
  time: localWhen,
  span: localSpan,
  person: personOf,
  channel: (id) => `<#${id}>`,
  link,
  strong: (inner) => `*${inner}*`,
  struck: (inner) => `~${inner}~`,
  code: (typed) => `\`${escaped(typed.replaceAll("`", "\u2060`\u2060"))}\``,
});

/** A person: mentioned where Slack knows the id, otherwise by the given name. */
export const personOf = (by: string): string => mention(by) ?? safeName(by, 40);

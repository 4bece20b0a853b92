import { type Text, written } from "../../../text/text.ts";
import { plainWhen, zonedSpan } from "../../../text/times.ts";
import { escaped } from "../blocks/escape.ts";
import { mention } from "../blocks/links.ts";

/** In angle brackets, only Slack's ids of people, channels and groups are mentions. */
const MENTION = /&lt;((?:@[UW]|#[CGD]|!subteam\^S)[A-Z0-9]{4,20})&gt;/g;

/**
 * A text for mrkdwn in which only ids become links. Formatting stays. It has at most `max` characters as Slack counts
 * them, that is escaped.
 */
export function plain(text: string, max: number): string {
  const clean = text.replace(/[^\S\n]+|[\p{Cc}\p{Cf}](?<!\n)/gu, " ");
  let short = "";
  for (const letter of clean) {
    const next = escaped(letter);
    if (short.length + next.length > max - 1) return `${short}…`.replace(MENTION, "<$1>");
    short += next;
  }
  return short.replace(MENTION, "<$1>");
}

/** A text with its people and channels as Slack's ids, which `plain` turns into mentions. */
export const mentioning = (value: Text): string =>
  written(value, {
    string: (string) => string,
    name: (name) => name,
    time: plainWhen,
    span: (when, unit) => zonedSpan(when, unit, "UTC"),
    person: (by) => mention(by) ?? by,
    channel: (id) => `<#${id}>`,
    link: (address, label) => `${label} (${address})`,
    strong: (inner) => inner,
    struck: (inner) => inner,
    code: (typed) => `\`${typed}\``,
  });

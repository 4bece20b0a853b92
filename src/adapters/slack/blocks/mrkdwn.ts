import { type Text, type Writer, written } from "../../../text/text.ts";
import { plainWhen } from "../../../text/times.ts";
import { escaped } from "./escape.ts";
import { link, mention } from "./links.ts";
import { safeName } from "./names.ts";
import { localWhen } from "./when.ts";

/** A text in Slack's mrkdwn. @param longest the maximum length of each name */
export const mrkdwn = (value: Text, longest = 80): string => written(value, writer(longest));

/**
 * A text for the notification on a phone or for a screen reader, which knows neither bold type nor the reader's clock.
 * @param longest the maximum length of each name
 */
export const notificationText = (value: Text, longest = 40): string =>
  written(value, { ...writer(longest), time: plainWhen, strong: (inner) => inner, struck: (inner) => inner });

const writer = (longest: number): Writer => ({
  string: escaped,
  name: (name, own = longest) => safeName(name, own),
  time: localWhen,
  person: personOf,
  channel: (id) => `<#${id}>`,
  link,
  strong: (inner) => `*${inner}*`,
  struck: (inner) => `~${inner}~`,
  code: (typed) => `\`${escaped(typed.replaceAll("`", "\u2060`\u2060"))}\``,
});

/** A person: mentioned where Slack knows the id, otherwise by the given name. */
export const personOf = (by: string): string => mention(by) ?? safeName(by, 40);

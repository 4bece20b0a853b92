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

const escaped = (letter: string): string =>
  letter.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");

/** The same without escapes, for fields that Slack shows literally. */
export const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

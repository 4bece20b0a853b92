import stringArgv from "string-argv";

/** What phones make of a typed quotation mark. */
const QUOTES = /[“”„‟«»]/g;

/**
 * Splits what was typed after the command into words, as a shell does: quotes hold a word together, also those that
 * phones make of them. A channel, a person, a group and an address, which Slack sends as links, become their plain ids.
 * @example words('mute <#C0123456789|alerts> "New users"'); // => ["mute", "C0123456789", "New users"]
 */
export const words = (text: string): string[] =>
  stringArgv(unescaped(text.replace(/<([^<>]*)>/g, (_, link: string) => idOf(link))).replace(QUOTES, '"'));

function idOf(link: string): string {
  const [target = ""] = link.split("|", 1);
  return target.replace(/^[#@]|^!subteam\^|^mailto:/, "");
}

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/**
 * Writes a word so that `words` reads it back, in quotes where it needs them.
 * @example quoted("New users"); // => '"New users"'
 */
export function quoted(word: string): string {
  const escaped = word.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  if (escaped !== "" && !/[\s"']/.test(escaped)) return escaped;
  return escaped
    .split('"')
    .map((part) => `"${part}"`)
    .join(`'"'`);
}

import { unescaped } from "./escape.ts";

/** A mention of a person, as Slack sends it. */
const PERSON = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g;

/** The people whom a message mentions. */
export const mentioned = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(PERSON), ([, user]) => user!)),
];

/** A message without the mentions of one person. */
export const withoutMention = (text: string, user: string): string =>
  text.replace(PERSON, (mention, id) => (id === user ? " " : mention)).trim();

/** What somebody wrote as plain text: people by their names, channels and links without Slack's marks. */
export const plainMessage = (text: string, names: ReadonlyMap<string, string>): string =>
  unescaped(
    text
      .replace(PERSON, (_, id: string) => `@${names.get(id) ?? "somebody"}`)
      .replace(/<[#!]?[^|>]*\|([^>]*)>/g, "$1")
      .replace(/<[#!]?([^>]*)>/g, "$1"),
  ).trim();

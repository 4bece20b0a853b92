import type { Block } from "../../../pipeline/ports/messages.ts";
import { unescaped } from "../blocks/escape.ts";
import type { Answer } from "./answer.ts";

/** An answer as a terminal prints it: its lines without Slack's markup. */
export const terminalText = ({ text, blocks, lines }: Answer): string =>
  (lines ?? orElse(textsOf(blocks), text)).map(withoutMarkup).join("\n");

const orElse = (texts: readonly string[], text: string): readonly string[] =>
  texts.length > 0 ? texts : [text];

/** The texts of sections and of small print, in mrkdwn. */
export const textsOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => {
    const { text, elements } = block as { text?: Text; elements?: readonly { text?: unknown }[] };
    if (block.type === "section" && text) return [text.text];
    return block.type === "context" ? (elements as Text[]).map((element) => element.text) : [];
  });

interface Text {
  readonly text: string;
}

/**
 * Mrkdwn as plain text: times in UTC, channels and people by their ids, links with their addresses. Word joiners, which
 * hold markup characters of names fast, are removed last.
 */
export const withoutMarkup = (mrkdwn: string): string =>
  unescaped(
    mrkdwn
      .replace(/<!date\^[^|>]*\|([^>]*)>/g, "$1")
      .replace(/<(?:[#@]|!subteam\^)([A-Z0-9]+)(?:\|[^>]*)?>/g, "$1")
      .replace(/<([^<>|!]+)\|([^<>]*)>/g, "$2 ($1)")
      .replace(/(?<!\u2060)[*`~](?!\u2060)/g, ""),
  ).replaceAll("\u2060", "");

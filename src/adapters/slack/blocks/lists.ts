import type { KnownBlock } from "@slack/types";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { section } from "./blocks.ts";
import { clipped } from "./mrkdwn.ts";

/** The maximum characters of a list in one block, below Slack's 3,000. */
const BLOCK_CHARACTERS = 2_600;

/** The maximum blocks of a list in one message: half of what Slack has refused. */
const LIST_BLOCKS = 2;

/** A long list with a title, split over as many messages as needed. */
export function listed(title: string, entries: readonly string[], separator = "\n"): Message[] {
  const texts: string[] = [];
  for (const entry of entries) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + entry.length + separator.length <= BLOCK_CHARACTERS)
      texts[texts.length - 1] = `${last}${separator}${entry}`;
    else texts.push(entry);
  }
  return Array.from({ length: Math.ceil(texts.length / LIST_BLOCKS) }, (_, page) => {
    const blocks = texts.slice(page * LIST_BLOCKS, (page + 1) * LIST_BLOCKS).map(section);
    return messageOf(title, [section(`*${title}*`), ...blocks]);
  });
}

/** A message whose text is cut to what a phone shows. */
export const messageOf = (text: string, blocks: readonly KnownBlock[]): Message => ({
  text: clipped(text),
  blocks: blocks.map((block) => ({ ...block })),
});

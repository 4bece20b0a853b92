import type { KnownBlock } from "@slack/types";
import type { Message } from "../../../pipeline/ports/messages.ts";
import type { Review } from "../../../reports/weekly-review.ts";
import { reviewText } from "../../../text/weekly-review.ts";
import { footer, section } from "../blocks/blocks.ts";
import { listed, messageOf } from "../blocks/lists.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";

/** The maximum watches in the message itself. The others are listed in its thread. */
const LISTED = 8;

/** The weekly review as a message, and what does not fit into it as replies. */
export function reviewMessages(review: Review): Message[] {
  const { title, totals, watches, suggestions, footer: small } = reviewText(review);
  const lines = watches.map((watch) => mrkdwn(watch));
  const rest = lines.length - LISTED;
  const blocks: KnownBlock[] = [
    section(`*${title}*`),
    section(`${capital(totals)}.`),
    // Links are long, so each watch has its own block: eight would not fit into one.
    ...[...lines.slice(0, LISTED), ...(rest > 0 ? [`and ${rest} more: see the thread`] : [])].map(section),
    ...suggestions.map((suggestion) => section(mrkdwn(suggestion))),
    footer(small),
  ];
  const root = messageOf(`${title}, ${totals}`, blocks);
  return rest > 0 ? [root, ...listed("The other watches", lines.slice(LISTED))] : [root];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

import type { KnownBlock } from "@slack/types";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { type Period, type Review, totalOf, type WatchReview } from "../../../reports/weekly-review.ts";
import { suggestionInWords, totalInWords, watchInWords } from "../../../text/weekly-review.ts";
import { HOUR } from "../../../time/time.ts";
import { footer, section } from "../blocks/blocks.ts";
import { link } from "../blocks/links.ts";
import { listed, messageOf } from "../blocks/lists.ts";
import { safeName } from "../blocks/names.ts";
import { counted } from "../blocks/numbers.ts";
import { plainWhen } from "../blocks/when.ts";

/** The maximum watches in the message itself. The others are listed in its thread. */
const LISTED = 8;

/** The maximum suggestions, because people follow one or two a week. */
const SUGGESTED = 3;

/** The weekly review: a summary line, then each watch with incidents, then the suggestions. */
export function reviewMessages(review: Review): Message[] {
  const { watches, changes, period } = review;
  const busy = watches.filter((watch) => watch.incidents > 0 || watch.notEvaluated > 0 || watch.isMuted);
  const shown = busy.slice(0, LISTED);
  const proposals = watches.filter(({ suggestion }) => suggestion).slice(0, SUGGESTED);
  const [first, ...more] = totalInWords(totalOf(watches), changes) as [string, ...string[]];
  const title = `🗓️ ${daysOf(period)}: ${first}`;
  const rest = busy.length - shown.length;
  const blocks: KnownBlock[] = [
    section(`*${title}*`),
    section(`${capital(more.join(", "))}.`),
    // Links are long, so each watch has its own block: eight would not fit into one.
    ...[...shown.map(line), ...(rest > 0 ? [`and ${rest} more: see the thread`] : [])].map(section),
    ...proposals.map(({ title, suggestion }) =>
      section(`💡 *${safeName(title, 80)}*: ${suggestionInWords(suggestion!)}.`),
    ),
    footer([counted(watches.length, "watch"), ...quiet(watches, busy)]),
  ];
  const root = messageOf(`${title}, ${more.join(", ")}`, blocks);
  return rest > 0 ? [root, ...listed("The other watches", busy.slice(LISTED).map(line))] : [root];
}

const line = (watch: WatchReview): string =>
  [`• *${safeName(watch.title, 80)}*: ${watchInWords(watch)}`, ...linksOf(watch)].join("\n    ");

/** The newest incidents, each linked to its message. */
const linksOf = ({ lastNotified = [] }: WatchReview): string[] =>
  lastNotified.length === 0
    ? []
    : [lastNotified.map(({ openedAt, address }) => link(address, plainWhen(openedAt, "hour"))).join("  ·  ")];

const quiet = (watches: readonly WatchReview[], busy: readonly WatchReview[]): string[] =>
  watches.length > busy.length ? [`${watches.length - busy.length} without an incident`] : [];

/** `Mon 15 Jun – Sun 21 Jun`. Noon of a day has the same date in most time zones. */
const daysOf = ({ from, to }: Period): string =>
  `${plainWhen(from + 12 * HOUR, "day")} – ${plainWhen(to - 12 * HOUR, "day")}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

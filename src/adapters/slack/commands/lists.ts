import type { KnownBlock } from "@slack/types";
import { type Watch, watchTitle } from "../../../settings/watch.ts";
import { counted } from "../../../text/numbers.ts";
import { quietWords } from "../../../text/quiet-hours.ts";
import { sensitivityWords } from "../../../text/sensitivity.ts";
import { section } from "../blocks/blocks.ts";
import { safeName } from "../blocks/names.ts";
import { type Answer, answerOf } from "./answer.ts";

/** Slack accepts 3,000 characters in a section, and has refused messages of 11,400. */
const LONGEST_SECTION = 2_700;
const LONGEST_LIST = 5_400;

/** All watches, one line each. */
export function listAnswer(watches: readonly Watch[]): Answer {
  if (watches.length === 0)
    return answerOf("No watches yet", [
      section(
        "No watches yet. `/tidewatch watch` opens a form. `/tidewatch help watch` shows how to type one.",
      ),
    ]);
  const title = counted(watches.length, "watch");
  return listOf(title, `*${title}*`, watches.map(watchLine));
}

const watchLine = (watch: Watch): string =>
  [
    `\`${watch.id}\` ${safeName(watchTitle(watch), 120)}`,
    ...(watch.series.unit === "day" ? ["by the day"] : []),
    ...(watch.direction === "both" ? [] : [`${watch.direction}s only`]),
    `sensitivity ${sensitivityWords(watch.sensitivity)}`,
    `<#${watch.channel}>`,
    ...(watch.quiet ? [quietWords(watch.quiet)] : []),
  ].join(" · ");

/** A list as an answer. A terminal has room for all its lines, and needs no heading. */
export const listOf = (headline: string, heading: string, lines: readonly string[]): Answer =>
  answerOf(headline, listBlocks(heading, lines), lines);

/** Lines under a heading, in as many blocks as needed. Lines beyond one message are counted. */
export function listBlocks(heading: string, lines: readonly string[]): KnownBlock[] {
  const sections: string[] = [heading];
  let length = heading.length;
  for (const [i, line] of lines.entries()) {
    if (length + line.length > LONGEST_LIST) {
      sections.push(`… and ${lines.length - i} more.`);
      break;
    }
    length += line.length + 1;
    const last = sections.length - 1;
    if (sections[last]!.length + line.length + 1 > LONGEST_SECTION) sections.push(line);
    else sections[last] = `${sections[last]}\n${line}`;
  }
  return sections.map(section);
}

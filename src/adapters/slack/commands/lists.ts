import type { KnownBlock } from "@slack/types";
import { moreLines } from "../../../text/answers/answer.ts";
import { section } from "../blocks/blocks.ts";

/** Slack accepts 3,000 characters in a section, and has refused messages of 11,400. */
const LONGEST_SECTION = 2_700;
const LONGEST_LIST = 5_400;

/** Lines under a heading, in as many blocks as needed. Lines beyond one message are counted. */
export function listBlocks(heading: string, lines: readonly string[]): KnownBlock[] {
  const sections: string[] = [heading];
  let length = heading.length;
  for (const [i, line] of lines.entries()) {
    if (length + line.length > LONGEST_LIST) {
      sections.push(moreLines(lines.length - i));
      break;
    }
    length += line.length + 1;
    const last = sections.length - 1;
    if (sections[last]!.length + line.length + 1 > LONGEST_SECTION) sections.push(line);
    else sections[last] = `${sections[last]}\n${line}`;
  }
  return sections.map(section);
}

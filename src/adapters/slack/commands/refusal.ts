import type { Message } from "../../../pipeline/ports/messages.ts";
import { section } from "../blocks/blocks.ts";
import { plain } from "./plain.ts";

/** The answer when a command was refused: why, and what to do. Code marks in it stay. */
export function refusalMessage(why: string): Message {
  const text = plain(`${why.charAt(0).toUpperCase()}${why.slice(1)}`, 2_900);
  return { text: `⚠️ ${text.split("\n", 1)[0]}`, blocks: [{ ...section(`⚠️ ${text}`) }] };
}

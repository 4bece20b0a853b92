import { section } from "../blocks/blocks.ts";
import { type Answer, answerOf } from "./answer.ts";
import { plain } from "./plain.ts";

/** The answer when a command was refused: why, and what to do. Code marks in it stay. */
export function refusalAnswer(why: string): Answer {
  const text = plain(`${why.charAt(0).toUpperCase()}${why.slice(1)}`, 2_900);
  return answerOf(`⚠️ ${text.split("\n", 1)[0]}`, [section(`⚠️ ${text}`)]);
}

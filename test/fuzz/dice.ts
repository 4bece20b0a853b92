import { randomFrom } from "../chaos/random.ts";

/** Chance that is the same for the same words: a case can be lived through again. */
export interface Dice {
  /** A whole number from 0 to `below` − 1. */
  int(below: number): number;
  chance(share: number): boolean;
  pick<Value>(choices: readonly Value[]): Value;
}

/** The dice of one case of one way in. */
export function diceOf(seed: number, way: string, turn: number): Dice {
  let mixed = Math.imul(seed, 0x9e3779b1) ^ Math.imul(turn + 1, 0x85ebca6b);
  for (const sign of way) mixed = Math.imul(mixed ^ sign.charCodeAt(0), 0x01000193);
  const random = randomFrom(mixed);
  const int = (below: number) => Math.floor(random() * below);
  return {
    int,
    chance: (share) => random() < share,
    pick: (choices) => choices[int(choices.length)]!,
  };
}

import { keepSecret } from "../../src/redact.ts";
import { diceOf } from "./dice.ts";
import { SECRET } from "./hostile.ts";
import type { Opened, Way } from "./way.ts";

/** A case that showed what must not be. */
export interface Found {
  readonly turn: number;
  readonly what: string;
}

/** What came of the cases of one way in. */
export interface Tally {
  readonly cases: number;
  readonly refused: number;
  readonly found: readonly Found[];
}

/** How much processor time one case may take, in milliseconds: what grows with the square of the input takes more. */
const SLOW = 2_000;

/** So many findings are enough to work on. */
const ENOUGH = 20;

/** Lives through cases `from` to `to` of a way; `passed` is told of each before it begins. */
export async function runWay(
  way: Way,
  seed: number,
  [from, to]: readonly [number, number],
  passed: (turn: number) => void,
): Promise<Tally> {
  keepSecret(SECRET);
  const opened = await way.open();
  const found: Found[] = [];
  let refused = 0;
  let turn = from;
  for (; turn < to && found.length < ENOUGH; turn++) {
    passed(turn);
    const begun = process.cpuUsage();
    const what = await caseOf(opened, way, seed, turn);
    const { user, system } = process.cpuUsage(begun);
    if (what === "refused") refused += 1;
    else if (what !== "taken") found.push({ turn, what });
    if ((user + system) / 1_000 > SLOW) found.push({ turn, what: `took ${(user + system) / 1_000} ms` });
  }
  await opened.close?.();
  return { cases: turn - from, refused, found };
}

async function caseOf({ strike }: Opened, { name }: Way, seed: number, turn: number): Promise<string> {
  try {
    const answer = strike(diceOf(seed, name, turn));
    const isRefused = typeof answer === "boolean" ? answer : await answer;
    const polluted = [Object.prototype, Array.prototype].flatMap((prototype) => Object.keys(prototype));
    if (polluted.length > 0) return `prototype pollution: ${polluted.join()}`;
    return isRefused ? "refused" : "taken";
  } catch (error) {
    return error instanceof Error
      ? error.name === "Broken"
        ? error.message
        : `${error.stack}`
      : String(error);
  }
}

import { nameKey } from "../../text/same-name.ts";

/**
 * The word of a list that was probably meant; undefined when none is close.
 * @example nearest("unmtue", ["mute", "unmute"]); // => "unmute"
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const word = nameKey(typed).slice(0, LONGEST);
  const ranked = known
    .map((candidate) => ({ candidate, away: distance(word, nameKey(candidate).slice(0, LONGEST)) }))
    .sort((a, b) => a.away - b.away);
  const [best] = ranked;
  return best && best.away <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** A longer word is not a misspelling. */
const LONGEST = 60;

/** The edit distance: how many letters must be inserted, removed, replaced or swapped with their neighbor. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, change, swap));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

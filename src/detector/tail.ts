import type { Tuning } from "./tuning.ts";

/** Bins of a histogram of past surprises; the first takes all below `LOWEST`, each further one is 2^⅛ as wide again. */
export const BINS = 48;
const LOWEST = 0.5;
const PER_DOUBLING = 8;

/** Where the tail of most series lies at 96 %, and how much further at 99.5 %: what a scale of 1 stands for. */
const USUAL_TAIL = 1.7;
const USUAL_FAR_RATIO = 1.68;

const binOf = (surprise: number): number =>
  surprise < LOWEST ? 0 : Math.min(BINS - 1, 1 + Math.floor(Math.log2(surprise / LOWEST) * PER_DOUBLING));

/** Notes one past surprise; when a histogram is full, what is old counts half. */
export function note(tails: Uint16Array, tail: number, surprise: number): void {
  const bin = tail * BINS + binOf(surprise);
  if (++tails[bin]! === 0xffff) for (let b = tail * BINS; b < (tail + 1) * BINS; b++) tails[b]! >>= 1;
}

/** The surprise below which a share of the past ones lay. */
export function quantileOf(tails: Uint16Array, tail: number, share: number): number {
  const first = tail * BINS;
  let total = 0;
  for (let b = 0; b < BINS; b++) total += tails[first + b]!;
  let above = total * (1 - share);
  for (let b = BINS - 1; b >= 1; b--) {
    const count = tails[first + b]!;
    if (count > above) return LOWEST * 2 ** ((b - above / count) / PER_DOUBLING);
    above -= count;
  }
  return LOWEST;
}

/**
 * How wide a tail is, in usual tails: its 96 % quantile, drawn towards what its 99.5 % quantile would have it be. The
 * frequent surprises of a series are well known, but it is the rare ones that alarm.
 * @example scaleOf(usualTail, 0, defaultTuning); // => about 1
 */
export function scaleOf(tails: Uint16Array, tail: number, tuning: Tuning): number {
  const { ownTail, tailNear, tailFar, farShare, scaleFloor } = tuning;
  const near = quantileOf(tails, tail, tailNear);
  const far = quantileOf(tails, tail, tailFar) / USUAL_FAR_RATIO;
  return Math.max(scaleFloor, ((near ** (1 - farShare) * far ** farShare) / USUAL_TAIL) ** ownTail);
}

/** A week of a series with usual surprises: the beginning of every histogram, soon outweighed by the series itself. */
export const usualTail: Uint16Array = Uint16Array.from({ length: BINS }, () => 0);
// Shares of hours beyond each surprise, the median of the exam's series.
const beyond = [
  [0.75, 0.2],
  [1.18, 0.1],
  [1.7, 0.04],
  [2.08, 0.02],
  [2.43, 0.01],
  [2.85, 0.005],
  [3.3, 0.002],
] as const;
const HOURS = 168;
for (const [i, [surprise, share]] of beyond.entries()) {
  const next = beyond[i + 1];
  const middle = next ? (surprise + next[0]) / 2 : surprise * 1.1;
  usualTail[binOf(middle)]! += Math.round((share - (next?.[1] ?? 0)) * HOURS);
}
usualTail[0]! += Math.round((1 - beyond[0][1]) * HOURS);

import type { Parameters } from "./parameters.ts";

/** Bins of a histogram of past scores; the first takes all below `LOWEST`, each further one is 2^⅛ as wide again. */
export const BINS = 48;
const LOWEST = 0.5;
const PER_DOUBLING = 8;

/** Where the tail of most series lies at 96%, and how much further at 99.5%: what a scale of 1 stands for. */
const REFERENCE_TAIL = 1.7;
const REFERENCE_FAR_RATIO = 1.68;

const binOf = (score: number): number =>
  score < LOWEST ? 0 : Math.min(BINS - 1, 1 + Math.floor(Math.log2(score / LOWEST) * PER_DOUBLING));

/** Adds one past score to a histogram; when it is full, what is old counts half. */
export function updateTail(tails: Uint16Array, tail: number, score: number): void {
  const bin = tail * BINS + binOf(score);
  if (++tails[bin]! === 0xffff) for (let b = tail * BINS; b < (tail + 1) * BINS; b++) tails[b]! >>= 1;
}

/** The score below which a share of the past ones lay. */
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
 * The scale of a tail, in tails of a usual series: its 96 % quantile, drawn towards what its 99.5 % quantile would have
 * it be (a geometric mean). Frequent scores are well known, but it is the rare ones that alarm.
 * @example tailScaleOf(referenceTail, 0, defaultParameters); // => about 1
 */
export function tailScaleOf(tails: Uint16Array, tail: number, parameters: Parameters): number {
  const { ownTail, tailNear, tailFar, farShare, tailFloor } = parameters;
  const near = quantileOf(tails, tail, tailNear);
  const far = quantileOf(tails, tail, tailFar) / REFERENCE_FAR_RATIO;
  return Math.max(tailFloor, ((near ** (1 - farShare) * far ** farShare) / REFERENCE_TAIL) ** ownTail);
}

/** A week of a usual series: the beginning of every histogram, soon outweighed by the series itself. */
export const referenceTail: Uint16Array = Uint16Array.from({ length: BINS }, () => 0);
// Shares of hours beyond each score, the median of the exam's series.
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
for (const [i, [score, share]] of beyond.entries()) {
  const next = beyond[i + 1];
  const middle = next ? (score + next[0]) / 2 : score * 1.1;
  referenceTail[binOf(middle)]! += Math.round((share - (next?.[1] ?? 0)) * HOURS);
}
referenceTail[0]! += Math.round((1 - beyond[0][1]) * HOURS);

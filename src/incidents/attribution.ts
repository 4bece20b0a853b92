import type { Direction } from "../detector/verdict/verdict.ts";
import type { PartNumbers } from "./part-estimate.ts";

/** A part of what moved: an app, a segment, or another metric of the same app. */
export interface Part extends PartNumbers {
  readonly name: string;
}

/** A part that moved as the whole did. */
export interface Moved extends Part {
  /** Its share of the difference between what was counted and what was expected. */
  readonly share: number;
}

/** What moved of a whole. */
export interface Attribution {
  /** The parts that moved, the likeliest cause first. */
  readonly moved: readonly Moved[];
  /** The other parts together. */
  readonly rest: PartNumbers;
  /** The names of those that did as expected. */
  readonly asExpected: readonly string[];
  /** Whether all parts moved by about the same share, so that none stands out. */
  readonly isAlike: boolean;
}

/** A part with a smaller share of the difference is no cause. */
const LEAST_SHARE = 0.1;

/** By how much the changes of parts may differ from that of the whole and still be alike. */
const ALIKE = 0.25;

/**
 * Attributes the difference of a whole to its parts: by shares of the difference to what was expected, not of the change
 * since some time before, so that a part that always falls at this hour explains nothing. Parts may overlap, as segments
 * do: the likeliest cause is the one whose share of the whole changed most (Bhagwan et al., "Adtributor", 2014), which
 * prefers the small segment that fell to the large one that contains it.
 */
export function attribute(
  parts: readonly Part[],
  whole: Pick<PartNumbers, "observed" | "expected">,
  direction: Direction,
): Attribution | undefined {
  const difference = differenceOf(whole);
  if (parts.length === 0 || difference === 0 || difference < 0 !== (direction === "drop")) return undefined;
  const moved = parts
    .map((part): Moved => ({ ...part, share: differenceOf(part) / difference }))
    .filter(({ share, isAsExpected }) => share >= LEAST_SHARE && !isAsExpected)
    .sort((a, b) => divergence(b, whole) - divergence(a, whole));
  const [first] = moved;
  const rest = {
    observed: Math.max(0, whole.observed - (first?.observed ?? 0)),
    expected: Math.max(0, whole.expected - (first?.expected ?? 0)),
  };
  const change = changeOf(whole);
  return {
    moved,
    rest: { ...rest, isAsExpected: Math.abs(changeOf(rest)) < ALIKE * Math.abs(change) },
    asExpected: parts.filter(({ isAsExpected }) => isAsExpected).map(({ name }) => name),
    isAlike: parts.every(
      (part) => !part.isAsExpected && Math.abs(changeOf(part) - change) <= ALIKE * Math.abs(change),
    ),
  };
}

const differenceOf = ({ observed, expected }: Pick<PartNumbers, "observed" | "expected">): number =>
  observed - expected;

const changeOf = ({ observed, expected }: Pick<PartNumbers, "observed" | "expected">): number =>
  expected > 0 ? (observed - expected) / expected : 0;

/** The Jensen–Shannon divergence between the expected and the observed share of a part in the whole. */
function divergence(part: PartNumbers, whole: Pick<PartNumbers, "observed" | "expected">): number {
  const p = Math.min(1, part.expected / Math.max(whole.expected, Number.MIN_VALUE));
  const q = Math.min(1, part.observed / Math.max(whole.observed, 1));
  const term = (a: number, b: number) => (a > 0 ? a * Math.log((2 * a) / (a + b)) : 0);
  return (term(p, q) + term(q, p) + term(1 - p, 1 - q) + term(1 - q, 1 - p)) / 2;
}

import type { Instant } from "../../../time/time.ts";

/** A row and the instants its time may mean, from `instantsOf`. */
export interface Placed {
  readonly value: number | undefined;
  readonly instants: readonly Instant[];
}

/** An instant, and the sessions of the hour that begins then; undefined if ambiguous. */
type HourCount = readonly [Instant, number | undefined];

/**
 * The counts of the two hours that have one name when clocks go back, from rows without a zone. Two rows are told apart
 * by their order; a single one is the earlier hour if the later was not asked for, and else may be either, or the sum
 * of both.
 */
export function doubledHours(placed: readonly Placed[], endingAt: Instant): HourCount[] {
  const ordered = inOrder(placed);
  return twinsIn(ordered ?? placed).flatMap(({ earlier, later, values }): HourCount[] => {
    const isClear = values.length === 2 && (ordered !== undefined || values[0] === values[1]);
    const isEarlier = values.length === 1 && later > endingAt;
    return [
      [earlier, isClear || isEarlier ? values[0] : undefined],
      [later, isClear ? values[1] : undefined],
    ];
  });
}

interface Twins {
  readonly earlier: Instant;
  readonly later: Instant;
  /** Of each row with that name, in the order of the rows. */
  readonly values: (number | undefined)[];
}

function twinsIn(placed: readonly Placed[]): Twins[] {
  const found = new Map<Instant, Twins>();
  for (const { value, instants } of placed) {
    const [earlier, later] = instants;
    if (earlier === undefined || later === undefined) continue;
    const twins = found.get(earlier) ?? { earlier, later, values: [] };
    twins.values.push(value);
    found.set(earlier, twins);
  }
  return [...found.values()];
}

/** The rows oldest first, or undefined when they are in no order. */
function inOrder(placed: readonly Placed[]): readonly Placed[] | undefined {
  const sure = placed.flatMap(({ instants }) => (instants.length === 1 ? instants : []));
  if (isAscending(sure)) return placed;
  return isAscending(sure.toReversed()) ? placed.toReversed() : undefined;
}

const isAscending = (instants: readonly Instant[]): boolean =>
  instants.every((instant, i) => i === 0 || instants[i - 1]! <= instant);

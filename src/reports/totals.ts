import { isAddedUp, type Measured } from "../metrics/metrics.ts";
import { type Instant, stepOf, type Unit, WEEK } from "../time/time.ts";
import type { Past } from "./suggest.ts";

/** From an instant up to another, the latter not included. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

type Counted = Measured & { readonly unit: Unit };

/** What was counted in a period. */
export interface Total {
  /** A sum; of a level its mean, of a ratio its quotient over the whole period. */
  readonly value: number;
  /** What an incident's balance is a part of: the sum, of a ratio that of its numerator. */
  readonly amount: number;
  /** Buckets whose count is known, of those that the period has. */
  readonly known: number;
  readonly due: number;
}

/** What was counted in a week, and what in the same hours of the week before. */
export interface WeekTotal extends Total {
  /** Both over the hours that are known in both weeks. Left out where that is less than nine tenths. */
  readonly against?: { readonly observed: number; readonly expected: number };
}

/** How much of a week must be known for a comparison: an unknown hour is not a drop. */
const ENOUGH = 0.9;

/** The total of a stored series over a period; undefined where nothing is known of it. */
export function totalOver(
  past: Past,
  { from, to }: Period,
  series: Counted,
  isIncluded: (i: number) => boolean = () => true,
): Total | undefined {
  const step = stepOf(series.unit);
  const first = Math.ceil((from - past.first) / step);
  const due = Math.max(0, Math.ceil((to - past.first) / step) - first);
  let known = 0;
  let [sum, weights] = [0, 0];
  for (let i = Math.max(0, first); i < Math.min(first + due, past.values.length); i++) {
    const value = past.values[i];
    if (value === undefined || !isIncluded(i)) continue;
    const weight = past.denominators ? (past.denominators[i] ?? 0) : 1;
    known += 1;
    sum += value * weight;
    weights += weight;
  }
  if (known === 0 || weights === 0) return undefined;
  return { value: isAddedUp(series) ? sum : sum / weights, amount: Math.abs(sum), known, due };
}

/** The total of a week, and its comparison with the week before; undefined where nothing is known of the week. */
export function weekTotal(past: Past, period: Period, series: Counted): WeekTotal | undefined {
  const total = totalOver(past, period, series);
  if (!total) return undefined;
  const week = WEEK / stepOf(series.unit);
  const isKnown = (i: number) => past.values[i] !== undefined;
  const before = { from: period.from - WEEK, to: period.to - WEEK };
  const now = totalOver(past, period, series, (i) => isKnown(i - week));
  const then = totalOver(past, before, series, (i) => isKnown(i + week));
  if (!now || !then || now.known < ENOUGH * now.due) return total;
  return { ...total, against: { observed: now.value, expected: then.value } };
}

/** The totals of the weeks up to the end of a period, the oldest first, back to the first that is not nearly whole. */
export function weeksUpTo(end: number, past: Past, series: Counted): number[] {
  const totals: number[] = [];
  for (let to = end; ; to -= WEEK) {
    const total = totalOver(past, { from: to - WEEK, to }, series);
    if (!total || total.known < ENOUGH * total.due) return totals;
    // A sum that lacks an hour is made whole, so that the hour is not a drop.
    totals.unshift(isAddedUp(series) ? (total.value * total.due) / total.known : total.value);
  }
}

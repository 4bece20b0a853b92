import { isAddedUp, type Measured } from "../metrics/metrics.ts";
import { weeksBefore } from "../time/calendar.ts";
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

/** What was counted in a week, and what in the same hours of the week before, by the clock of the zone. */
export interface WeekTotal extends Total {
  /** Both over the hours that are known in both weeks. Left out where that is less than nine tenths. */
  readonly against?: { readonly observed: number; readonly expected: number };
}

/** How much of a week must be known for a comparison: an unknown hour is not a drop. */
const ENOUGH = 0.9;

/** The total of a stored series over a period; undefined where nothing is known of it. */
export function totalOver(past: Past, period: Period, series: Counted): Total | undefined {
  const all = bucketsIn(past, period, series);
  const total = totalAt(past, all, series);
  return total && { ...total, due: all.length };
}

/**
 * The total of a week, and its comparison with the week before by the clock of its zone; undefined where nothing is
 * known of the week.
 */
export function weekTotal(past: Past, period: Period, series: Counted, zone: string): WeekTotal | undefined {
  const total = totalOver(past, period, series);
  if (!total) return undefined;
  const step = stepOf(series.unit);
  const aWeekBefore = (i: number) =>
    (weeksBefore(past.first + i * step, 1, series.unit, zone) - past.first) / step;
  const isKnown = (i: number) => past.values[i] !== undefined;
  const both = bucketsIn(past, period, series).filter((i) => isKnown(i) && isKnown(aWeekBefore(i)));
  const now = totalAt(past, both, series);
  const then = totalAt(past, both.map(aWeekBefore), series);
  if (!now || !then || now.known < ENOUGH * total.due) return total;
  return { ...total, against: { observed: now.value, expected: then.value } };
}

/**
 * The totals of the weeks up to the end of a period, by the clock of the zone, the oldest first, back to the first that
 * is not nearly whole.
 */
export function weeksUpTo(end: Instant, past: Past, series: Counted, zone: string): number[] {
  const totals: number[] = [];
  const buckets = WEEK / stepOf(series.unit);
  for (let to = end; ; ) {
    const from = weeksBefore(to, 1, series.unit, zone);
    const total = totalOver(past, { from, to }, series);
    if (!total || total.known < ENOUGH * total.due) return totals;
    // A sum that lacks an hour, or has one more where clocks change, is made a week's, so that the hour is no drift.
    totals.unshift(isAddedUp(series) ? (total.value * buckets) / total.known : total.value);
    to = from;
  }
}

/** The indices of the buckets of a period, also of those that are not stored. */
function bucketsIn(past: Past, { from, to }: Period, { unit }: Counted): number[] {
  const step = stepOf(unit);
  const first = Math.ceil((from - past.first) / step);
  const length = Math.max(0, Math.ceil((to - past.first) / step) - first);
  return Array.from({ length }, (_, i) => first + i);
}

/** The total of the known ones of these buckets; undefined where none is known. */
function totalAt(past: Past, buckets: readonly number[], series: Counted): Omit<Total, "due"> | undefined {
  let known = 0;
  let [sum, weights] = [0, 0];
  for (const i of buckets) {
    const value = past.values[i];
    if (value === undefined) continue;
    const weight = past.denominators ? (past.denominators[i] ?? 0) : 1;
    known += 1;
    sum += value * weight;
    weights += weight;
  }
  if (known === 0 || weights === 0) return undefined;
  return { value: isAddedUp(series) ? sum : sum / weights, amount: Math.abs(sum), known };
}

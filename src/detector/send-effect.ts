import { mean, medianSorted } from "simple-statistics";
import type { NumberKind } from "../metrics/metric.ts";
import { type Bucket, DAY, HOUR, WEEK } from "../time/time.ts";
import {
  type DetectedSend,
  hourOfSend,
  hoursAfter,
  isUsual,
  LOOK_BACK,
  type Reached,
  weeklyValues,
} from "./hours-after-sends.ts";
import { transformOf } from "./transform.ts";

/** What sends may do to an hour shortly after them: how many times as much as without them still is as expected. */
export interface SendEffect {
  /** From how many earlier sends it is known. */
  readonly sends: number;
  /** The geometric mean of what these did; left out if there were none. */
  readonly typical?: number;
  /** 1 or less: sends take nothing away, but for ratios. */
  readonly least: number;
  /** 1 or more. */
  readonly most: number;
  /**
   * Set where one goes out at this hour each week, which the baseline learns: values up to which (of a ratio also down to
   * which) it is as expected meanwhile, in place of factors.
   */
  readonly weekly?: { readonly least?: number; readonly most?: number };
}

/** So many earlier sends of the same campaign say more than all others of its kind. */
const OWN_SENDS = 3;

/** Older ones are not needed. */
const MOST_SENDS = 30;

/**
 * What is believed before anything is known, with the weight of one send: as many again, and eight times as many is
 * nothing unheard of (e^(ln 2 + 2 × 0.7) = 8).
 */
const PRIOR = { mean: Math.LN2, deviation: 0.7 };

/** How many standard deviations still are as expected. */
const REACH = 2;

/** Added to counts, so that a quiet hour's few more do not count as many times as many. */
const ADDED = 2;

/**
 * What the sends shortly before an hour may do to it, by what earlier ones of the same campaign (or, if they are few, of
 * all campaigns, or all Canvases) did to the same hour after them; only what was known before the hour is used.
 * Undefined for an hour that no send reaches, or where sends are what is usual. Where one goes out each week at this
 * hour, its own values of those weeks say what it does, in place of factors.
 * The effect is ln((observed + 2) ÷ (usual + 2)), where usual is the median of the same hour in other weeks without a
 * send; a further send lies within m ± 2 · s · √(1 + 1/n), the prediction interval of a normal distribution, where m and
 * s are those of the effects and the prior (conjugate: Gelman et al., Bayesian Data Analysis, 3.3).
 * @param valueAt the value of a bucket; undefined where it is missing
 * @example // five sends before brought 1.8 times as many
 * sendEffectAt(ten, sends, valueAt); // => { sends: 5, typical: 1.8, least: 1, most: 3.4 }
 */
export function sendEffectAt(
  hour: Bucket,
  sends: readonly DetectedSend[],
  valueAt: (bucket: Bucket) => number | undefined,
  kind?: NumberKind,
): SendEffect | undefined {
  const reached = hoursAfter(sends);
  const now = reached.at.get(hour);
  if (!now || isUsual(hour, reached)) return undefined;
  const { isRatio = false } = transformOf(kind);
  const added = isRatio ? 0 : ADDED;
  const weekly = weeklyValues(hour, reached.at, valueAt);
  if (weekly) return weeklyEffect(weekly, added, isRatio);
  const known = now.map(({ send, lag }) => {
    const effects = effectsBefore(hour, send, lag, reached, valueAt, added);
    return { effects, bounds: boundsOf(effects, isRatio ? 0 : PRIOR.mean) };
  });
  const effects = known.flatMap((each) => each.effects);
  return {
    sends: effects.length,
    ...(effects.length > 0 && { typical: Math.exp(mean(effects)) }),
    least: isRatio ? Math.min(1, ...known.map(({ bounds }) => bounds.least)) : 1,
    // What several sends bring adds up.
    most: 1 + known.reduce((sum, { bounds }) => sum + Math.max(0, bounds.most - 1), 0),
  };
}

/** What a further week with a send may bring, by those before; factors of the baseline say nothing while it learns them. */
function weeklyEffect(values: readonly number[], added: number, isRatio: boolean): SendEffect {
  const logarithms = values.map((value) => Math.log(value + added)).filter(Number.isFinite);
  const effect = { sends: values.length, least: 1, most: 1 };
  if (logarithms.length === 0) return { ...effect, weekly: {} };
  const { least, most } = boundsOf(logarithms, mean(logarithms));
  return { ...effect, weekly: isRatio ? { least, most } : { most: most - added } };
}

function effectsBefore(
  hour: Bucket,
  send: DetectedSend,
  lag: number,
  { at, sends }: Reached,
  valueAt: (bucket: Bucket) => number | undefined,
  added: number,
): number[] {
  const own: number[] = [];
  const ofKind: number[] = [];
  for (const earlier of sends) {
    const its = hourOfSend(earlier) + lag * HOUR;
    if (its >= hour || earlier.kind !== send.kind) continue;
    if (its < hour - LOOK_BACK || ofKind.length === MOST_SENDS) break;
    const effect = effectOn(its, hour, at, valueAt, added);
    if (effect === undefined) continue;
    ofKind.push(effect);
    if (earlier.id === send.id) own.push(effect);
  }
  return own.length >= OWN_SENDS ? own : ofKind;
}

/** How much an hour differed from what was usual, as a logarithm; undefined where nobody knows. */
function effectOn(
  its: Bucket,
  hour: Bucket,
  at: Reached["at"],
  valueAt: (bucket: Bucket) => number | undefined,
  added: number,
): number | undefined {
  const value = valueAt(its);
  const usual = usualAt(its, hour, at, valueAt);
  if (value === undefined || usual === undefined) return undefined;
  const effect = Math.log((value + added) / (usual + added));
  // Refunds may exceed sales.
  return Number.isFinite(effect) ? effect : undefined;
}

/** The median of the same hour in other weeks or, if too few of them are known, on the days around, without a send. */
function usualAt(
  its: Bucket,
  hour: Bucket,
  at: Reached["at"],
  valueAt: (bucket: Bucket) => number | undefined,
): number | undefined {
  for (const [step, steps] of [
    [WEEK, 7],
    [DAY, 3],
  ] as const) {
    const values: number[] = [];
    for (let k = -steps; k <= steps; k++) {
      const other = its + k * step;
      const value = k === 0 || other >= hour || at.has(other) ? undefined : valueAt(other);
      if (value !== undefined) values.push(value);
    }
    if (values.length > 1) return medianSorted(values.sort((a, b) => a - b));
  }
  return undefined;
}

/**
 * What is usual for an hour without a send: the median of the same hour in other weeks, also later ones, or on the days
 * around. Undefined where too few are known.
 */
export const usualWithoutSends = (
  hour: Bucket,
  sends: readonly DetectedSend[],
  valueAt: (bucket: Bucket) => number | undefined,
): number | undefined => usualAt(hour, Number.POSITIVE_INFINITY, hoursAfter(sends).at, valueAt);

/** Between which factors a further send lies, with the prior as one more. */
function boundsOf(effects: readonly number[], prior: number): Pick<SendEffect, "least" | "most"> {
  const n = effects.length + 1;
  const m = (prior + effects.reduce((sum, effect) => sum + effect, 0)) / n;
  const squares = [prior, ...effects].reduce((sum, effect) => sum + (effect - m) ** 2, PRIOR.deviation ** 2);
  const reach = REACH * Math.sqrt((squares / n) * (1 + 1 / n));
  return { least: Math.exp(m - reach), most: Math.exp(m + reach) };
}

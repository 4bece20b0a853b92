import type { Rules } from "../../settings/watch.ts";
import { newestOf, type Prediction, weightOf, windowScoreOf, zeroRunOf } from "../prediction.ts";
import { type Sign, statisticOf, type WindowScore, type WindowStatistic } from "../windows.ts";
import { type Floors, floorsOf } from "./floors.ts";
import { thresholdOf } from "./threshold.ts";
import type { Direction } from "./verdict.ts";

/** What decides whether a bucket alerts, and how severely: a watch's rules for a bucket. */
export interface Limits extends Floors, Pick<Rules, "minRelativeChange"> {
  /** The anomaly score from which on a window alerts. */
  readonly threshold: number;
}

/** The limits of a watch for a bucket. @param fixedThreshold in place of the watch's own */
export const limitsOf = (rules: Rules, prediction: Prediction, fixedThreshold?: number): Limits => ({
  ...floorsOf(
    rules,
    prediction.usualVolume,
    prediction.unit,
    prediction.expectation.kind,
    prediction.expectation.denominator,
  ),
  minRelativeChange: rules.minRelativeChange,
  threshold: fixedThreshold ?? thresholdOf(rules, prediction.dailyMaxima),
});

export const signOf = (direction: Direction): Sign => (direction === "drop" ? -1 : 1);

/** Why a count alerts. */
export interface Alert {
  /** The most unusual look-back window, or the run of zeros. */
  readonly strongest: WindowScore;
  /** The shortest window that alerts: what people are told of. */
  readonly shortest: WindowScore;
}

/**
 * The rule: a count alerts in a direction if any look-back window that ends with it, or a run of zeros, reaches the
 * threshold and the minimum change; undefined where none does. A count further off in the same direction alerts, too.
 * @example alertOf(prediction, 610, "drop", { threshold: 3.6, … }); // => { shortest: { anomalyScore: 7.4, window: 1, … }, … }
 */
export function alertOf(
  prediction: Prediction,
  count: number,
  direction: Direction,
  limits: Limits,
): Alert | undefined {
  const sign = signOf(direction);
  const newest = newestOf(prediction, count);
  let strongest = sign < 0 ? zeroRunAlert(prediction, count, limits) : undefined;
  let shortest: WindowScore | undefined;
  const weight = weightOf(prediction, newest, sign);
  // Most counts that are tried point nowhere, and need no window.
  for (let w = 0; weight !== 0 && w < prediction.windows.length; w++) {
    const statistic = statisticOf(prediction.windows[w]!, newest);
    const anomalyScore = windowScoreOf(prediction, statistic, w, sign) * weight;
    if (anomalyScore < limits.threshold) continue;
    const { window, observed, expected } = statistic;
    const reached = { anomalyScore, window, observed, expected };
    if (!isLargeEnough(reached, sign, limits)) continue;
    shortest ??= reached;
    if (anomalyScore > (strongest?.anomalyScore ?? 0)) strongest = reached;
  }
  return strongest && { strongest, shortest: shortest ?? strongest };
}

function zeroRunAlert(prediction: Prediction, count: number, limits: Limits): WindowScore | undefined {
  const run = zeroRunOf(prediction, count);
  return run && run.anomalyScore >= limits.threshold && isLargeEnough(run, -1, limits) ? run : undefined;
}

/** Whether a window would alert with this statistic, whatever its newest bucket. */
export function windowAlerts(
  prediction: Prediction,
  statistic: WindowStatistic,
  direction: Direction,
  limits: Limits,
): boolean {
  const sign = signOf(direction);
  const w = prediction.windows.findIndex(({ window }) => window === statistic.window);
  const score = windowScoreOf(prediction, statistic, w, sign);
  return score * prediction.volumeWeight >= limits.threshold && isLargeEnough(statistic, sign, limits);
}

/** By how much of what was expected a window is off, in a direction. */
export const changeOf = (
  { observed, expected }: Pick<WindowScore, "observed" | "expected">,
  sign: Sign,
): number => (sign * (observed - expected)) / Math.max(expected, 1);

const isLargeEnough = (
  of: Pick<WindowScore, "observed" | "expected">,
  sign: Sign,
  { minRelativeChange, minAbsoluteChange }: Limits,
): boolean =>
  sign * (of.observed - of.expected) >= minAbsoluteChange && changeOf(of, sign) >= minRelativeChange;

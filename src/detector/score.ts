import { type Bucket, stepOf } from "../time/time.ts";
import { forecastAt } from "./autoregression.ts";
import { evaluateOutlier } from "./changepoint.ts";
import type { Parameters } from "./parameters.ts";
import { residualOf } from "./residual.ts";
import { type CalendarPosition, seasonalityOf } from "./seasonality.ts";
import { slotOf } from "./state/ring.ts";
import type { DetectorState } from "./state/state.ts";
import { inverseAnscombe } from "./transform.ts";
import type { Evaluation } from "./verdict/evaluation.ts";
import { strongestWindow, type WindowScore, windowStatistics } from "./windows.ts";
import { zeroRunScore } from "./zero-run.ts";

/**
 * Scores the count of a bucket against what was learned from the buckets before it. Pure: the state stays as it is.
 *
 *     residual = anscombe(count) − baseline          how far off, transformed
 *     z        = residual / scale, soft-clipped      how far off, in standard deviations
 *     windows  = step statistics of the last 1 … 24  how far off together, beyond the autoregression's forecast
 *     score    = strongest window / scale of its tail
 *
 * @param isLearned false for a bucket that people excluded from learning: it makes no new level.
 * @example score(state, mondayNine, 610, position, true, parameters).drop; // 1,240 expected => { anomalyScore: 7.4, window: 1, … }
 */
export function score(
  state: DetectorState,
  bucket: Bucket,
  count: number,
  position: CalendarPosition,
  isLearned: boolean,
  parameters: Parameters,
): Evaluation {
  const { unit } = state.profile;
  const seasonality = seasonalityOf(unit);
  const at = slotOf(unit, bucket);
  const residual = residualOf(state, count, position, seasonality, parameters);
  const expected = inverseAnscombe(residual.expected);
  const forecast = forecastAt(state, at);
  const newest = { z: residual.z, innovation: residual.z - forecast, observed: count, expected };

  const sinceRecovery = (bucket - state.recoveredAt) / stepOf(unit);
  const longest = Math.max(1, Math.min(parameters.longestWindow, sinceRecovery));
  const windows = windowStatistics(state, at, newest, seasonality.windows, longest);
  const drop = strongestWindow(state, windows, -1, parameters);
  const spike = strongestWindow(state, windows, 1, parameters);
  const zeroRun = zeroRunScore(state, count, inverseAnscombe(residual.least), parameters);
  const highest = Math.max(drop.anomalyScore, spike.anomalyScore, zeroRun?.anomalyScore ?? 0);
  const outlier = evaluateOutlier(state, bucket, highest, residual.z, parameters);

  const usualVolume = volumeWith(state, expected);
  const volumeWeight = volumeWeightOf(expected, usualVolume, parameters);
  const weighed = (of: WindowScore, sign: 1 | -1): WindowScore => ({
    ...of,
    anomalyScore: pointsThere(newest, sign, parameters) ? of.anomalyScore * volumeWeight : 0,
  });
  const ofOne = (residual.scale * Math.sqrt(state.autocovariance[0]!)) / volumeWeight;
  return {
    bucket,
    observed: count,
    residual,
    forecast,
    drop: higher(weighed(drop, -1), zeroRun),
    spike: weighed(spike, 1),
    unitScore: { down: ofOne * state.tailScales[0]!, up: ofOne * state.tailScales[1]! },
    holiday: position.holiday,
    comparable: state.seasonCount[position.season]!,
    volumeWeight,
    usualVolume,
    windows,
    tailScales: Array.from(state.tailScales),
    dailyMaxima: { drop: state.dropMaxima, spike: state.spikeMaxima },
    outlier,
    isNewLevel: isLearned && outlier.kind === "changepoint",
  };
}

/** Windows hold earlier hours: the bucket itself must point the same way, and be no better than its forecast. */
const pointsThere = (
  { z, innovation }: { readonly z: number; readonly innovation: number },
  sign: 1 | -1,
  { pointing }: Parameters,
): boolean => sign * Math.fround(z) >= pointing && sign * Math.fround(innovation) >= 0;

/** The slow mean of expected counts is taken over four weeks of hours. */
const VOLUME_WINDOW = 672;

const volumeWith = ({ usualVolume, knownBuckets }: DetectorState, expected: number): number =>
  usualVolume + (expected - usualVolume) / Math.min(VOLUME_WINDOW, knownBuckets + 1);

/** A quiet hour matters less than a busy one; half a count is added so that nights at zero do not vanish. */
const volumeWeightOf = (expected: number, usualVolume: number, { volumePower }: Parameters): number =>
  Math.min(1, ((expected + 0.5) / (usualVolume + 0.5)) ** volumePower);

const higher = (window: WindowScore, zeroRun: WindowScore | undefined): WindowScore =>
  zeroRun && zeroRun.anomalyScore > window.anomalyScore ? zeroRun : window;

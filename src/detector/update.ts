import { type Bucket, stepOf } from "../time/time.ts";
import { forecastAt, updateArWeights, updateAutocovariance } from "./autoregression.ts";
import { expectedAt, moveLevel, updateBaseline } from "./baseline.ts";
import type { Parameters } from "./parameters.ts";
import { updateScale } from "./scale.ts";
import { type CalendarPosition, type Seasonality, seasonalityOf } from "./seasonality.ts";
import { RING_SIZE, slotOf } from "./state/ring.ts";
import type { DetectorState } from "./state/state.ts";
import { tailScaleOf, updateTail } from "./tail.ts";
import { anscombe, inverseAnscombe } from "./transform.ts";
import type { Evaluation } from "./verdict/evaluation.ts";
import { withMaximum } from "./verdict/false-alarm-rate.ts";
import { updateZeroRun } from "./zero-run.ts";

/** Takes the buckets between the last one and this one as missing, as far back as any window reaches. */
export function updateSkipped(state: DetectorState, bucket: Bucket): void {
  const step = stepOf(state.profile.unit);
  const skipped = Math.min(RING_SIZE, (bucket - state.last) / step - 1);
  for (let back = skipped; back >= 1; back--) updateMissing(state, bucket - back * step);
}

/** A missing bucket is neither high nor low: it lies where the autoregression expects it. */
export function updateMissing(state: DetectorState, bucket: Bucket): void {
  updateNotLearned(state, bucket);
  state.coverage -= state.coverage / seasonalityOf(state.profile.unit).coverageWindow;
}

/** A bucket that is not learned from lies where the autoregression expects it, but it was read. */
export function updateNotLearned(state: DetectorState, bucket: Bucket): void {
  const at = slotOf(state.profile.unit, bucket);
  state.z[at] = forecastAt(state, at);
  state.innovation[at] = 0;
  state.observed[at] = 0;
  state.expected[at] = 0;
}

/** Learns the first bucket of a season; how far it strays from the same hour of the day before is a first idea of the scale. */
export function updateFirst(
  state: DetectorState,
  bucket: Bucket,
  count: number,
  { season }: CalendarPosition,
  parameters: Parameters,
): void {
  const { seasonal, seasonCount } = state;
  const seasonality = seasonalityOf(state.profile.unit);
  updateNotLearned(state, bucket);
  const observed = anscombe(count);
  const dayBefore = (season - seasonality.perDay + seasonality.period) % seasonality.period;
  if (seasonCount[dayBefore]! > 0)
    updateScale(state, season, observed - expectedAt(state, dayBefore), 1, parameters);
  seasonal[season] = observed - state.level;
  updateCoverage(state, count, seasonality);
  updateSeasonCount(state, season);
}

/**
 * Takes a bucket that was scored into the state: always what windows and outliers need; baseline, scale, autoregression
 * and tails only where it is learned from.
 */
export function updateScored(
  state: DetectorState,
  evaluation: Evaluation,
  position: CalendarPosition,
  isLearned: boolean,
  parameters: Parameters,
): void {
  const { bucket, observed, prediction, residual, outlier, drop, spike } = evaluation;
  const seasonality = seasonalityOf(state.profile.unit);
  const at = slotOf(state.profile.unit, bucket);
  state.z[at] = residual.z;
  state.innovation[at] = residual.z - prediction.forecast;
  state.observed[at] = observed;
  state.expected[at] = inverseAnscombe(residual.expected);
  updateZeroRun(state, observed, prediction.zeroRun.expected, parameters, isLearned);
  state.usualVolume = prediction.usualVolume;
  Object.assign(state, outlier.run);
  if (isLearned) {
    state.dropMaximum = Math.max(state.dropMaximum, drop.anomalyScore);
    state.spikeMaximum = Math.max(state.spikeMaximum, spike.anomalyScore);
    updateModel(state, at, evaluation, position, parameters);
    updateSeasonCount(state, position.season);
  }
  updateCoverage(state, observed, seasonality);
  if (evaluation.isNewLevel) moveLevel(state, bucket, seasonality.levelWindow);
  if (state.knownBuckets % seasonality.perDay === 0) updateDaily(state, parameters);
}

/** Learns from a scored bucket, less from an outlier, a holiday or an hour after a send. */
function updateModel(
  state: DetectorState,
  at: number,
  { prediction, residual, windows, outlier }: Evaluation,
  { season, holiday }: CalendarPosition,
  parameters: Parameters,
): void {
  const limit = parameters.learningClip * residual.scale;
  const clipped = (value: number) => Math.max(-limit, Math.min(limit, value));
  // The first comparisons, with a single week before, say more about the young baseline than about the series.
  if (outlier.kind === "regular" && state.seasonCount[season]! > 1) {
    for (const [w, { step }] of windows.entries()) {
      updateTail(state.tails, 2 * w, -step);
      updateTail(state.tails, 2 * w + 1, step);
    }
  }
  const squared = Math.min(state.innovation[at]! ** 2, 9 * state.innovationVariance);
  state.innovationVariance += parameters.innovationVarianceRate * (squared - state.innovationVariance);
  // A holiday, or what was sent, says nothing about the weeks to come, but for what is sent each week.
  if (holiday || (prediction.sendEffect && !prediction.sendEffect.weekly)) return;
  const weight = outlier.kind === "outlier" ? parameters.outlierWeight : 1;
  updateAutocovariance(state, at, weight, parameters);
  updateBaseline(state, season, clipped(residual.raw), weight, parameters);
  updateScale(state, season, clipped(residual.raw), weight, parameters);
}

/** Once a day: the autoregression, the tail scales, and the day's highest scores. */
function updateDaily(state: DetectorState, parameters: Parameters): void {
  updateArWeights(state, parameters);
  for (let tail = 0; tail < state.tailScales.length; tail++) {
    state.tailScales[tail] = tailScaleOf(state.tails, tail, parameters);
  }
  state.dropMaxima = withMaximum(state.dropMaxima, state.dropMaximum);
  state.spikeMaxima = withMaximum(state.spikeMaxima, state.spikeMaximum);
  state.dropMaximum = 0;
  state.spikeMaximum = 0;
}

function updateCoverage(state: DetectorState, count: number, { coverageWindow }: Seasonality): void {
  state.knownBuckets++;
  state.coverage += (1 - state.coverage) / coverageWindow;
  state.unchangedBuckets = count === state.lastCount ? state.unchangedBuckets + 1 : 0;
  state.lastCount = count;
}

function updateSeasonCount({ seasonCount }: DetectorState, season: number): void {
  seasonCount[season] = Math.min(255, seasonCount[season]! + 1);
}

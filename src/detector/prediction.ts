import { type Bucket, stepOf, type Unit } from "../time/time.ts";
import { forecastAt } from "./autoregression.ts";
import type { Parameters } from "./parameters.ts";
import { type Expectation, expectationOf, zScoreOf } from "./residual.ts";
import { type CalendarPosition, seasonalityOf } from "./seasonality.ts";
import type { SendEffect } from "./send-effect.ts";
import { slotOf } from "./state/ring.ts";
import type { DetectorState } from "./state/state.ts";
import { inverseAnscombe, transformOf } from "./transform.ts";
import type { DailyMaxima } from "./verdict/false-alarm-rate.ts";
import {
  anomalyScoreOf,
  type Newest,
  type Sign,
  statisticOf,
  tailOf,
  type WindowBefore,
  type WindowStatistic,
  windowsBefore,
} from "./windows.ts";
import { type ZeroRunBefore, zeroRunScore } from "./zero-run.ts";

/**
 * All that the buckets before say about a bucket, before its count is known: enough to score any count. The expected
 * range is found in it by asking which counts would alert (`verdict/range.ts`).
 */
export interface Prediction {
  readonly bucket: Bucket;
  readonly unit: Unit;
  readonly expectation: Expectation;
  /** The z-score that the autoregression expects. */
  readonly forecast: number;
  readonly windows: readonly WindowBefore[];
  /** For each window the scale of its tail for drops, then for spikes. */
  readonly tailScales: readonly number[];
  /** The standard deviation of the z-scores, which are autocorrelated: √γ₀. */
  readonly deviation: number;
  readonly zeroRun: ZeroRunBefore;
  readonly holiday: boolean;
  /** What was sent shortly before, and may do; left out where that is nothing, or usual. */
  readonly sendEffect?: SendEffect;
  /** How many comparable buckets the baseline rests on. */
  readonly comparable: number;
  /** How much the bucket counts beside busier ones: 1 or less. */
  readonly volumeWeight: number;
  /** The slow mean of expected counts, this bucket's included. */
  readonly usualVolume: number;
  /** The highest anomaly score of each past day, for drops and for spikes. */
  readonly dailyMaxima: { readonly drop: DailyMaxima; readonly spike: DailyMaxima };
  readonly parameters: Parameters;
}

/**
 * What the state says about the bucket after the last one. Pure. @param denominator what a ratio was divided by @param
 * sendEffect what was sent shortly before may do
 */
export function predict(
  state: DetectorState,
  bucket: Bucket,
  position: CalendarPosition,
  parameters: Parameters,
  denominator?: number,
  sendEffect?: SendEffect,
): Prediction {
  const { unit } = state.profile;
  const seasonality = seasonalityOf(unit);
  const at = slotOf(unit, bucket);
  const expectation = expectationOf(state, position, parameters, denominator, sendEffect);
  const expected = inverseAnscombe(expectation.expected);
  const sinceRecovery = (bucket - state.recoveredAt) / stepOf(unit);
  const longest = Math.max(1, Math.min(parameters.longestWindow, sinceRecovery));
  const usualVolume = volumeWith(state, expected);
  return {
    bucket,
    unit,
    expectation,
    forecast: forecastAt(state, at),
    windows: windowsBefore(state, at, expected, seasonality.windows, longest),
    tailScales: Array.from(state.tailScales),
    deviation: Math.sqrt(state.autocovariance[0]!),
    zeroRun: {
      length: state.zeroRunLength,
      cost: state.zeroRunCost,
      costliest: state.costliestZeroRun,
      expected: inverseAnscombe(expectation.least),
    },
    holiday: position.holiday,
    ...(sendEffect && { sendEffect }),
    comparable: state.seasonCount[position.season]!,
    volumeWeight: volumeWeightOf(expected, usualVolume, parameters),
    usualVolume,
    dailyMaxima: { drop: state.dropMaxima, spike: state.spikeMaxima },
    parameters: denominator === undefined ? parameters : forRatio(parameters, expectation, denominator),
  };
}

/** A change of a ratio counts in full from so many of its numerator on. */
const forRatio = (parameters: Parameters, { kind }: Expectation, denominator: number): Parameters => ({
  ...parameters,
  fullCount: (parameters.fullCount * transformOf(kind).parts) / denominator,
});

/** What a count would add to the windows of a prediction. Rings hold single precision, so it is rounded alike. */
export function newestOf({ expectation, forecast, parameters }: Prediction, count: number): Newest {
  const z = zScoreOf(expectation, count, parameters);
  return { z: Math.fround(z), innovation: Math.fround(z - forecast), observed: Math.fround(count) };
}

/** What each look-back window shows with a count. */
export const statisticsOf = ({ windows }: Prediction, newest: Newest): WindowStatistic[] =>
  windows.map((before) => statisticOf(before, newest));

/** How unusual the look-back window with this number is, in a direction; before it is weighed. */
export const windowScoreOf = (
  { tailScales, parameters }: Prediction,
  statistic: WindowStatistic,
  w: number,
  sign: Sign,
): number => anomalyScoreOf(statistic, sign, tailScales[tailOf(w, sign)]!, parameters);

/**
 * The weight of a count's scores beside those of busier buckets, as thresholds are meant: that of the bucket's volume or, where it does not point in the direction by itself, none.
 * Windows hold earlier buckets, so the newest must lie off, too, and be no better than its forecast.
 */
export const weightOf = ({ volumeWeight, parameters }: Prediction, newest: Newest, sign: Sign): number =>
  sign * newest.z >= parameters.pointing && sign * newest.innovation >= 0 ? volumeWeight : 0;

/** The zero-run test of a count; undefined for one above 0. */
export const zeroRunOf = ({ zeroRun, expectation, parameters }: Prediction, count: number) =>
  transformOf(expectation.kind).isCounted ? zeroRunScore(zeroRun, count, parameters) : undefined;

/** The slow mean of expected counts is taken over four weeks of hours. */
const VOLUME_WINDOW = 672;

const volumeWith = ({ usualVolume, knownBuckets }: DetectorState, expected: number): number =>
  usualVolume + (expected - usualVolume) / Math.min(VOLUME_WINDOW, knownBuckets + 1);

/** A quiet hour matters less than a busy one; half a count is added so that nights at zero do not vanish. */
const volumeWeightOf = (expected: number, usualVolume: number, { volumePower }: Parameters): number =>
  Math.min(1, ((expected + 0.5) / (usualVolume + 0.5)) ** volumePower);

import type { Bucket } from "../time/time.ts";
import { evaluateOutlier } from "./changepoint.ts";
import { onsetOf } from "./onset.ts";
import type { Parameters } from "./parameters.ts";
import {
  newestOf,
  type Prediction,
  predict,
  statisticsOf,
  weightOf,
  windowScoreOf,
  zeroRunOf,
} from "./prediction.ts";
import { residualOf } from "./residual.ts";
import type { CalendarPosition } from "./seasonality.ts";
import type { SendEffect } from "./send-effect.ts";
import type { DetectorState } from "./state/state.ts";
import { inverseAnscombe } from "./transform.ts";
import type { Evaluation } from "./verdict/evaluation.ts";
import type { Sign, WindowScore, WindowStatistic } from "./windows.ts";

/**
 * Scores the count of a bucket against what was learned from the buckets before it. Pure: the state stays as it is.
 *
 *     residual = anscombe(count) − baseline          how far off, transformed
 *     z        = residual / scale, soft-clipped      how far off, in standard deviations
 *     windows  = step statistics of the last 1 … 24  how far off together, beyond the autoregression's forecast
 *     score    = strongest window / scale of its tail
 *
 * @param isLearned false for a bucket that people excluded from learning: it makes no new level.
 * @param denominator what a ratio was divided by
 * @param sendEffect what was sent shortly before may do
 * @example score(state, mondayNine, 610, position, true, parameters).drop; // 1,240 expected => { anomalyScore: 7.4, window: 1, … }
 */
export function score(
  state: DetectorState,
  bucket: Bucket,
  count: number,
  position: CalendarPosition,
  isLearned: boolean,
  parameters: Parameters,
  denominator?: number,
  sendEffect?: SendEffect,
): Evaluation {
  const prediction = predict(state, bucket, position, parameters, denominator, sendEffect);
  const residual = residualOf(prediction.expectation, count, parameters);
  const newest = newestOf(prediction, count);
  const windows = statisticsOf(prediction, newest);
  const drop = strongestWindow(prediction, windows, -1);
  const spike = strongestWindow(prediction, windows, 1);
  const zeroRun = zeroRunOf(prediction, count);
  const highest = Math.max(drop.anomalyScore, spike.anomalyScore, zeroRun?.anomalyScore ?? 0);
  const outlier = evaluateOutlier(state, bucket, highest, residual.z, parameters);
  const weighed = (of: WindowScore, sign: Sign): WindowScore => ({
    ...of,
    anomalyScore: of.anomalyScore * weightOf(prediction, newest, sign),
  });
  return {
    bucket,
    observed: count,
    prediction,
    residual,
    windows,
    drop: higher(weighed(drop, -1), zeroRun),
    spike: weighed(spike, 1),
    onset: onsetOf(
      state,
      bucket,
      newest,
      inverseAnscombe(residual.expected),
      longestOf(prediction),
      parameters,
    ),
    outlier,
    isNewLevel: isLearned && outlier.kind === "changepoint",
  };
}

/** How many buckets the windows reach back. */
const longestOf = ({ windows }: Prediction): number => windows.at(-1)?.window ?? 1;

/** The window with the highest score in a direction. */
function strongestWindow(
  prediction: Prediction,
  windows: readonly WindowStatistic[],
  sign: Sign,
): WindowScore {
  const scores = windows.map((statistic, w) => windowScoreOf(prediction, statistic, w, sign));
  const strongest = scores.reduce((best, score, w) => (score > scores[best]! ? w : best), 0);
  const { window, observed, expected } = windows[strongest]!;
  return { anomalyScore: scores[strongest]!, window, observed, expected };
}

const higher = (window: WindowScore, zeroRun: WindowScore | undefined): WindowScore =>
  zeroRun && zeroRun.anomalyScore > window.anomalyScore ? zeroRun : window;

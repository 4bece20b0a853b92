import type { Bucket } from "../../time/time.ts";
import type { OutlierEvaluation } from "../changepoint.ts";
import type { Residual } from "../residual.ts";
import { inverseAnscombe } from "../transform.ts";
import type { WindowScore, WindowStatistic } from "../windows.ts";
import type { DailyMaxima } from "./false-alarm-rate.ts";
import type { Direction, NotEvaluatedReason, Score } from "./verdict.ts";

/** All that is known of one bucket from earlier buckets, before any watch's rules. */
export interface Evaluation {
  readonly bucket: Bucket;
  /** The count. */
  readonly observed: number;
  readonly residual: Residual;
  /** The z-score that the autoregression expected. */
  readonly forecast: number;
  readonly drop: WindowScore;
  readonly spike: WindowScore;
  /** How far beyond what is expected an anomaly score of 1 lies, downwards and upwards, transformed. */
  readonly unitScore: { readonly down: number; readonly up: number };
  readonly holiday: boolean;
  /** How many comparable buckets the baseline rests on. */
  readonly comparable: number;
  /** How much the bucket counts beside busier ones: 1 or less. */
  readonly volumeWeight: number;
  /** The slow mean of expected counts, this bucket's included. */
  readonly usualVolume: number;
  /** What each look-back window shows. */
  readonly windows: readonly WindowStatistic[];
  /** For each window the scale of its tail for drops, then for spikes. */
  readonly tailScales: readonly number[];
  /** The highest anomaly score of each past day, for drops and for spikes. */
  readonly dailyMaxima: { readonly drop: DailyMaxima; readonly spike: DailyMaxima };
  readonly outlier: OutlierEvaluation;
  /** Whether outliers have lasted so long that the level moves to what they show. */
  readonly isNewLevel: boolean;
}

/** What is known about a bucket from earlier buckets alone, or why nothing is. */
export type Evidence =
  | Evaluation
  | { readonly bucket: Bucket; readonly notEvaluated: NotEvaluatedReason; readonly readyAt?: Bucket };

export const isEvaluated = (evidence: Evidence): evidence is Evaluation => !("notEvaluated" in evidence);

/** A bucket has recovered when it is at most this many scales off: nine of ten ordinary ones are. */
const RECOVERED_Z = 1.64;

/** The numbers of a bucket as counts, as a watch in this direction sees them with a threshold. */
export function scoreOf(evaluation: Evaluation, direction: Direction, threshold: number): Score {
  const { observed, residual, unitScore } = evaluation;
  const { anomalyScore, window } = evaluation[direction];
  return {
    observed,
    expected: inverseAnscombe(residual.expected),
    low: inverseAnscombe(Math.max(0, residual.least - threshold * unitScore.down)),
    high: inverseAnscombe(residual.most + threshold * unitScore.up),
    anomalyScore: direction === "drop" && anomalyScore > 0 ? -anomalyScore : anomalyScore,
    window,
    hasRecovered: Math.abs(residual.z) < RECOVERED_Z,
  };
}

/** The direction with the higher score or, where both are equal, the one the bucket lies in. */
export function directionOf({ drop, spike, residual }: Evaluation): Direction {
  if (drop.anomalyScore === spike.anomalyScore) return residual.z < 0 ? "drop" : "spike";
  return drop.anomalyScore > spike.anomalyScore ? "drop" : "spike";
}

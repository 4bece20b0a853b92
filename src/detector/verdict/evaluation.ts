import type { Bucket } from "../../time/time.ts";
import type { OutlierEvaluation } from "../changepoint.ts";
import type { Onset } from "../onset.ts";
import type { Prediction } from "../prediction.ts";
import type { Residual } from "../residual.ts";
import type { WindowScore, WindowStatistic } from "../windows.ts";
import type { Direction, NotEvaluatedReason } from "./verdict.ts";

/** All that is known of one bucket from earlier buckets and its own count, before any watch's rules. */
export interface Evaluation {
  readonly bucket: Bucket;
  /** The count. */
  readonly observed: number;
  /** What the buckets before said of it. */
  readonly prediction: Prediction;
  readonly residual: Residual;
  /** What each look-back window shows. */
  readonly windows: readonly WindowStatistic[];
  readonly drop: WindowScore;
  readonly spike: WindowScore;
  /** The buckets that deviate together with this one. */
  readonly onset: Onset;
  readonly outlier: OutlierEvaluation;
  /** Whether outliers have lasted so long that the level moves to what they show. */
  readonly isNewLevel: boolean;
}

/** What is known about a bucket from earlier buckets alone, or why nothing is. */
export type Evidence =
  | Evaluation
  | { readonly bucket: Bucket; readonly notEvaluated: NotEvaluatedReason; readonly readyAt?: Bucket };

export const isEvaluated = (evidence: Evidence): evidence is Evaluation => !("notEvaluated" in evidence);

/** The direction with the higher score or, where both are equal, the one the bucket lies in. */
export function directionOf({ drop, spike, residual }: Evaluation): Direction {
  if (drop.anomalyScore === spike.anomalyScore) return residual.z < 0 ? "drop" : "spike";
  return drop.anomalyScore > spike.anomalyScore ? "drop" : "spike";
}

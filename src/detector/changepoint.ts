import { type Bucket, stepOf } from "../time/time.ts";
import type { Parameters } from "./parameters.ts";
import { seasonalityOf } from "./seasonality.ts";
import type { DetectorState } from "./state/state.ts";

/** Over how many buckets the mean deviation of a run of outliers is measured. */
const MEAN_WINDOW = 24;

/**
 * What a bucket is to the model: `regular`, an `outlier` (or close behind one) that is learned from with a lower weight,
 * or a `changepoint`: outliers that have lasted for days are a new level.
 */
export type OutlierKind = "regular" | "outlier" | "changepoint";

/** The present run of outliers: part of the detector's state. */
export type OutlierRun = Pick<DetectorState, "outlierAt" | "outlierSince" | "outlierMeanZ" | "recoveredAt">;

/** The run of outliers as it is after a bucket, and what the bucket is to the model. */
export interface OutlierEvaluation {
  readonly kind: OutlierKind;
  readonly run: OutlierRun;
}

/**
 * Says whether a bucket is an outlier, continues a run of them, or ends it.
 * @param anomalyScore the highest of the bucket, in either direction
 * @param z the bucket's own soft-clipped z-score
 */
export function evaluateOutlier(
  state: DetectorState,
  bucket: Bucket,
  anomalyScore: number,
  z: number,
  { outlierFrom, outlierHold, outlierZ, pointing }: Parameters,
): OutlierEvaluation {
  const { unit } = state.profile;
  const step = stepOf(unit);
  let { outlierAt, outlierSince, outlierMeanZ, recoveredAt } = state;
  const wasInRun = bucket - outlierAt <= outlierHold * step;
  const hasRecovered = wasInRun && Math.abs(z) < pointing && Math.abs(outlierMeanZ) >= 2 * pointing;
  if (hasRecovered) {
    if (recoveredAt <= outlierAt) recoveredAt = bucket;
  } else if (anomalyScore >= outlierFrom || (wasInRun && Math.abs(z) > outlierZ)) {
    if (!wasInRun) outlierSince = bucket;
    outlierAt = bucket;
  }
  const age = (bucket - outlierSince) / step;
  outlierMeanZ += (z - outlierMeanZ) / Math.min(MEAN_WINDOW, age + 1);
  const run = { outlierAt, outlierSince, outlierMeanZ, recoveredAt };
  if (bucket - outlierAt > outlierHold * step) return { kind: "regular", run };
  return { kind: age < seasonalityOf(unit).changepointAfter ? "outlier" : "changepoint", run };
}

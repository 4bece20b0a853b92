import type { Parameters } from "./parameters.ts";
import { ago } from "./state/ring.ts";
import type { DetectorState } from "./state/state.ts";

/**
 * The AR(3) forecast of the z-score at a slot from the three before it: an app that is below its baseline tends to
 * stay there. What remains of a z-score after the forecast is its innovation.
 * @example forecastAt(state, at); // weights 0.5, 0, 0; −2 an hour ago => −1
 */
export function forecastAt({ z, arWeights }: DetectorState, at: number): number {
  let forecast = 0;
  for (let lag = 1; lag <= arWeights.length; lag++) forecast += arWeights[lag - 1]! * ago(z, at, lag);
  return forecast;
}

/** Moves the autocovariances at lags 0 to 3 towards the products of the last z-scores, at `weight` times the usual rate. */
export function updateAutocovariance(
  { z, autocovariance }: DetectorState,
  at: number,
  weight: number,
  { learningClip, autocovarianceRate }: Parameters,
): void {
  const clip = (value: number) => Math.max(-learningClip, Math.min(learningClip, value));
  const now = clip(z[at]!);
  for (let lag = 0; lag < autocovariance.length; lag++) {
    autocovariance[lag]! +=
      weight * autocovarianceRate * (now * clip(ago(z, at, lag)) - autocovariance[lag]!);
  }
}

/**
 * Solves the Yule–Walker equations by Levinson's recursion: autocovariances in, AR weights out.
 * Source: N. Levinson, "The Wiener RMS error criterion in filter design and prediction" (1946).
 * @example updateArWeights(state, parameters); // autocovariances 1, 0.5, 0.25, 0.125 => weights 0.5, 0, 0
 */
export function updateArWeights(
  { autocovariance, arWeights }: DetectorState,
  { autoregressionOrder }: Parameters,
): void {
  // A little white noise keeps the equations solvable for a series that hardly varies.
  let error = autocovariance[0]! * 1.02;
  arWeights.fill(0);
  for (let order = 0; order < autoregressionOrder; order++) {
    let sum = autocovariance[order + 1]!;
    for (let i = 0; i < order; i++) sum -= arWeights[i]! * autocovariance[order - i]!;
    const reflection = sum / error;
    const before = arWeights.slice(0, order);
    for (let i = 0; i < order; i++) arWeights[i]! -= reflection * before[order - 1 - i]!;
    arWeights[order] = reflection;
    error *= 1 - reflection ** 2;
  }
}

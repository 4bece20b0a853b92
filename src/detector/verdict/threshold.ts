import type { Rules } from "../../settings/watch.ts";
import type { Prediction } from "../prediction.ts";
import { thresholdForRate } from "./false-alarm-rate.ts";

/** False alarms a series and month, measured: 2.5, 1.3 and 0.5 (docs/detector.md). */
const thresholds = { high: 3, normal: 3.6, low: 4.5 } as const;

export const NORMAL_THRESHOLD: number = thresholds.normal;

/**
 * The anomaly score at which a watch alerts: fixed for each word, or what the series' own past says for a rate of false
 * alarms; raised where people labelled alerts of the watch as false alarms.
 * @example thresholdOf({ sensitivity: "low", direction: "both" }, dailyMaxima); // => 4.5
 */
export function thresholdOf(
  {
    sensitivity,
    direction,
    thresholdAdjustment = 1,
  }: Pick<Rules, "sensitivity" | "direction" | "thresholdAdjustment">,
  { drop, spike }: Prediction["dailyMaxima"],
): number {
  if (typeof sensitivity === "string") return thresholdAdjustment * thresholds[sensitivity];
  const maxima = direction === "both" ? [drop, spike] : [direction === "drop" ? drop : spike];
  return thresholdAdjustment * thresholdForRate(sensitivity.alertsPerMonth, maxima);
}

import type { Rules } from "../../settings/watch.ts";
import type { WindowScore } from "../windows.ts";
import { directionOf, type Evidence, isEvaluated, scoreOf } from "./evaluation.ts";
import { thresholdOf } from "./threshold.ts";
import type { Verdict } from "./verdict.ts";

/** A score this many times the threshold is critical where at least half of the count went or came. */
const CRITICAL_SCORE = 1.25;
const CRITICAL_CHANGE = 0.5;

/** Applies a watch's own rules to what is known about a bucket. @param fixedThreshold in place of the watch's own */
export function verdictOf(evidence: Evidence, rules: Rules, fixedThreshold?: number): Verdict {
  if (!isEvaluated(evidence)) {
    const { bucket, notEvaluated, readyAt } = evidence;
    return {
      kind: "not-evaluated",
      bucket,
      because: notEvaluated,
      ...(readyAt !== undefined && { readyAt }),
    };
  }
  const { bucket } = evidence;
  const threshold = fixedThreshold ?? thresholdOf(rules, evidence.dailyMaxima);
  const direction = rules.direction === "both" ? directionOf(evidence) : rules.direction;
  const strongest = evidence[direction];
  const score = scoreOf(evidence, direction, threshold);
  const common = { bucket, score, ...(evidence.isNewLevel && { isNewLevel: true as const }) };
  if (strongest.anomalyScore < threshold || !isLargeEnough(strongest, rules))
    return { kind: "normal", ...common };
  const isCritical =
    strongest.anomalyScore >= CRITICAL_SCORE * threshold && changeOf(strongest) >= CRITICAL_CHANGE;
  return { kind: "anomalous", ...common, direction, severity: isCritical ? "critical" : "warning" };
}

const changeOf = ({ observed, expected }: WindowScore): number =>
  Math.abs(observed - expected) / Math.max(expected, 1);

const isLargeEnough = (strongest: WindowScore, { minRelativeChange, minAbsoluteChange }: Rules): boolean =>
  Math.abs(strongest.observed - strongest.expected) >= minAbsoluteChange &&
  changeOf(strongest) >= minRelativeChange;

import type { Rules } from "../settings/watch.ts";
import { thresholdWithin } from "./budget.ts";
import { type Clue, directionOf, type Evidence, isJudged, type Judged, scoreOf } from "./evidence.ts";
import type { Verdict } from "./verdict.ts";

/** About three false alarms a series and month, one, and one in three months (docs/detector.md). */
const thresholds = { high: 3, normal: 3.6, low: 4.5 } as const;

export const NORMAL_THRESHOLD: number = thresholds.normal;

/** The surprise from which a watch speaks: one for each word, or what the series' own past says for a budget. */
export function thresholdOf(
  { sensitivity, direction, lenience = 1 }: Pick<Rules, "sensitivity" | "direction" | "lenience">,
  { drop, spike }: Judged["peaks"],
): number {
  if (typeof sensitivity === "string") return lenience * thresholds[sensitivity];
  const peaks = direction === "both" ? [drop, spike] : [direction === "drop" ? drop : spike];
  return lenience * thresholdWithin(sensitivity.alertsPerMonth, peaks);
}

/** A surprise this many times the threshold is critical where at least half of the sessions went or came. */
const CRITICAL_SURPRISE = 1.25;
const CRITICAL_CHANGE = 0.5;

/** Applies a watch's own rules to what is known about a bucket. */
export function verdictOf(evidence: Evidence, rules: Rules, fixedThreshold?: number): Verdict {
  if (!isJudged(evidence)) {
    const { bucket, unjudged, readyAt } = evidence;
    return { kind: "unjudged", bucket, because: unjudged, ...(readyAt !== undefined && { readyAt }) };
  }
  const { bucket } = evidence;
  const threshold = fixedThreshold ?? thresholdOf(rules, evidence.peaks);
  const direction = rules.direction === "both" ? directionOf(evidence) : rules.direction;
  const clue = evidence[direction];
  const score = scoreOf(evidence, direction, threshold);
  const seen = { bucket, score, ...(evidence.isNewLevel && { isNewLevel: true as const }) };
  if (clue.surprise < threshold || !isLargeEnough(clue, rules)) return { kind: "normal", ...seen };
  const critical = clue.surprise >= CRITICAL_SURPRISE * threshold && changeOf(clue) >= CRITICAL_CHANGE;
  return { kind: "anomalous", ...seen, direction, severity: critical ? "critical" : "warning" };
}

const changeOf = ({ observed, expected }: Clue): number =>
  Math.abs(observed - expected) / Math.max(expected, 1);

const isLargeEnough = (clue: Clue, { minRelativeChange, minAbsoluteChange }: Rules): boolean =>
  Math.abs(clue.observed - clue.expected) >= minAbsoluteChange && changeOf(clue) >= minRelativeChange;

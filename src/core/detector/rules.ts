import type { Verdict } from "../verdict.ts";
import type { Rules, Sensitivity } from "../watch.ts";
import { type Clue, directionOf, type Evidence, isJudged, scoreOf } from "./evidence.ts";

/** About four false alarms a series and month, one, and one in half a year (docs/detector.md). */
const thresholds = { high: 3.5, normal: 4.5, low: 6 } as const;

export const NORMAL_THRESHOLD: number = thresholds.normal;

/** The surprise from which a watch speaks. */
export const thresholdOf = (sensitivity: Sensitivity): number =>
  typeof sensitivity === "string" ? thresholds[sensitivity] : thresholds.normal;

/** A surprise this many times the threshold is critical where at least half of the sessions went or came. */
const CRITICAL_SURPRISE = 1.25;
const CRITICAL_CHANGE = 0.5;

/** Applies a watch's own rules to what is known about a bucket. */
export function verdictOf(
  evidence: Evidence,
  rules: Rules,
  threshold: number = thresholdOf(rules.sensitivity),
): Verdict {
  if (!isJudged(evidence)) {
    const { bucket, unjudged, readyAt } = evidence;
    return { kind: "unjudged", bucket, because: unjudged, ...(readyAt !== undefined && { readyAt }) };
  }
  const { bucket } = evidence;
  const direction = rules.direction === "both" ? directionOf(evidence) : rules.direction;
  const clue = evidence[direction];
  const score = scoreOf(evidence, direction, threshold);
  if (clue.surprise < threshold || !isLargeEnough(clue, rules)) return { kind: "normal", bucket, score };
  const critical = clue.surprise >= CRITICAL_SURPRISE * threshold && changeOf(clue) >= CRITICAL_CHANGE;
  return { kind: "anomalous", bucket, direction, severity: critical ? "critical" : "warning", score };
}

const changeOf = ({ observed, expected }: Clue): number =>
  Math.abs(observed - expected) / Math.max(expected, 1);

const isLargeEnough = (clue: Clue, { minRelativeChange, minAbsoluteChange }: Rules): boolean =>
  Math.abs(clue.observed - clue.expected) >= minAbsoluteChange && changeOf(clue) >= minRelativeChange;

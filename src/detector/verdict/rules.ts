import type { NumberKind } from "../../metrics/metric.ts";
import type { Rules } from "../../settings/watch.ts";
import { stepOf } from "../../time/time.ts";
import { inverseAnscombe, transformOf } from "../transform.ts";
import type { WindowScore } from "../windows.ts";
import { type Alert, alertOf, changeOf, type Limits, limitsOf, signOf } from "./alert.ts";
import { directionOf, type Evaluation, type Evidence, isEvaluated } from "./evaluation.ts";
import { expectedRange, rangeAlone, togetherOf } from "./range.ts";
import type { Direction, Score, Severity, Together, Verdict } from "./verdict.ts";

/** A score this many times the threshold can be critical, where at least half of the count went or came. */
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
  const { bucket, isNewLevel } = evidence;
  const limits = limitsOf(rules, evidence.prediction, fixedThreshold);
  const { kind } = evidence.prediction.expectation;
  const newLevel = isNewLevel && { isNewLevel: true as const };
  const alert = alertIn(evidence, rules.direction, limits);
  if (!alert) {
    const direction = rules.direction === "both" ? directionOf(evidence) : rules.direction;
    const score = scoreOf(evidence, direction, evidence[direction], rules.direction, limits);
    return { kind: "normal", bucket, score: inUnits(score, kind), ...newLevel };
  }
  const { direction, strongest, shortest } = alert;
  const together = togetherOf(evidence.prediction, evidence.windows, shortest, direction, limits);
  const score = {
    ...scoreOf(evidence, direction, strongest, rules.direction, limits),
    ...(together && { together: openEnded(together, rules.direction) }),
  };
  const severity = severityOf(strongest.anomalyScore, [shortest, strongest], direction, limits);
  const began = beganWith(evidence);
  return {
    kind: "anomalous",
    bucket,
    score: inUnits(score, kind),
    direction,
    severity,
    ...began,
    ...newLevel,
  };
}

function beganWith({ bucket, onset, prediction: { unit, expectation } }: Evaluation) {
  if (onset.buckets === 1) return {};
  const at = bucket - (onset.buckets - 1) * stepOf(unit);
  // Of a ratio, counts of its numerator.
  const parts = transformOf(expectation.kind).parts / (expectation.denominator ?? 1);
  return { began: { at, observed: onset.observed / parts, expected: onset.expected / parts } };
}

/** The numbers of a score in what people count, not in its smallest parts; of several ratios together their mean. */
function inUnits(score: Score, kind: NumberKind | undefined): Score {
  const { parts: ofOne, isRatio } = transformOf(kind);
  if (ofOne === 1) return score;
  const range = <T extends Partial<Together>>(of: T, parts = ofOne): T =>
    ({
      ...of,
      ...Object.fromEntries(
        (["observed", "expected", "low", "high"] as const).flatMap((name) =>
          of[name] === undefined ? [] : [[name, of[name] / parts]],
        ),
      ),
    }) as T;
  const { together, alone } = score;
  return {
    ...range(score),
    alone: range(alone),
    ...(together && { together: range(together, isRatio ? ofOne * together.buckets : ofOne) }),
  };
}

/** The alert of a bucket, if any; a bucket cannot point both ways. */
function alertIn(
  { prediction, observed }: Evaluation,
  watched: Rules["direction"],
  limits: Limits,
): (Alert & { readonly direction: Direction }) | undefined {
  for (const direction of ["drop", "spike"] as const) {
    if (watched !== "both" && watched !== direction) continue;
    const alert = alertOf(prediction, observed, direction, limits);
    if (alert) return { ...alert, direction };
  }
  return undefined;
}

/** A bucket has recovered when it is at most this many scales off: nine of ten ordinary ones are. */
const RECOVERED_Z = 1.64;

function scoreOf(
  { observed, prediction, residual }: Evaluation,
  direction: Direction,
  { anomalyScore, window }: WindowScore,
  watched: Rules["direction"],
  limits: Limits,
): Score {
  return {
    observed,
    expected: inverseAnscombe(residual.expected),
    ...expectedRange(prediction, watched, limits),
    anomalyScore: direction === "drop" && anomalyScore > 0 ? -anomalyScore : anomalyScore,
    window,
    alone: rangeAlone(prediction, limits.threshold),
    ...(prediction.expectation.denominator !== undefined && {
      denominator: prediction.expectation.denominator,
    }),
    hasRecovered: Math.abs(residual.z) < RECOVERED_Z,
  };
}

/** A watch in one direction has no bound in the other. */
function openEnded<T extends { low: number; high?: number }>(range: T, watched: Rules["direction"]): T {
  if (watched === "both") return range;
  if (watched === "spike") return { ...range, low: 0 };
  const { high: _, ...open } = range;
  return open as T;
}

/** Severity means impact: far beyond the threshold, enough counts, and half of the expected or several usual hours. */
function severityOf(
  anomalyScore: number,
  windows: readonly WindowScore[],
  direction: Direction,
  { threshold, minCriticalChange, criticalImpact }: Limits,
): Severity {
  if (anomalyScore < CRITICAL_SCORE * threshold) return "warning";
  const isGrave = windows.some((window) => {
    const change = Math.abs(window.observed - window.expected);
    const isLarge = changeOf(window, signOf(direction)) >= CRITICAL_CHANGE || change >= criticalImpact;
    return isLarge && change >= minCriticalChange;
  });
  return isGrave ? "critical" : "warning";
}

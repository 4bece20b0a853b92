import { type Evidence, verdictOf } from "../../src/detector/detector.ts";
import { isEvaluated } from "../../src/detector/verdict/evaluation.ts";
import { newsAmong } from "../../src/incidents/refractory.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { type ExamLabels, isActionable, type Scored, scoreAlerts } from "./score.ts";

/** One series of the exam, as far as the detector got with it. */
export interface Sat {
  readonly labels: ExamLabels;
  readonly evidence: readonly Evidence[];
}

/** The figures of all series at one threshold. */
export interface Point {
  readonly threshold: number;
  /** False alerts a series and week. */
  readonly falseRate: number;
  /** The share of the actionable incidents that was found. */
  readonly recall: number;
  readonly scored: readonly Scored[];
}

/** Below this score nothing ever alerts, so that most hours need no second look. */
const LEAST_THRESHOLD = 1.5;

/** What stands out at all. */
export const sift = ({ labels, evidence }: Sat): Sat => ({
  labels,
  evidence: evidence.filter(
    (seen) =>
      isEvaluated(seen) && Math.max(seen.drop.anomalyScore, seen.spike.anomalyScore) >= LEAST_THRESHOLD,
  ),
});

/** Raises the alerts of one threshold and compares them with what is known. */
export function pointAt(sat: readonly Sat[], threshold: number, refractory?: number): Point {
  const scored = sat.map(({ labels, evidence }) => {
    const verdicts = evidence.map((seen) => verdictOf(seen, defaultRules, threshold));
    return scoreAlerts(newsAmong(verdicts, refractory), labels);
  });
  const weeks = sum(scored.map((one) => one.weeks));
  const actionable = scored.flatMap(({ found }) => found).filter(({ incident }) => isActionable(incident));
  return {
    threshold,
    falseRate: sum(scored.map(({ falseAlerts }) => falseAlerts.length)) / weeks,
    recall: actionable.filter(({ delays }) => delays.length > 0).length / Math.max(1, actionable.length),
    scored,
  };
}

/** Points from the least threshold on, each 4 % further than the one before. */
export const curveOf = (sat: readonly Sat[], refractory?: number): Point[] =>
  Array.from({ length: 46 }, (_, i) => pointAt(sat, LEAST_THRESHOLD * 1.04 ** i, refractory));

/** The recall at a rate of false alerts, by the straight line between the nearest points. */
export function recallAt(curve: readonly Point[], falseRate: number): number {
  const sorted = curve.toSorted((a, b) => a.falseRate - b.falseRate);
  const right = sorted.findIndex((point) => point.falseRate >= falseRate);
  if (right <= 0) return right === 0 ? sorted[0]!.recall : sorted.at(-1)!.recall;
  const [below, above] = [sorted[right - 1]!, sorted[right]!];
  const share = (falseRate - below.falseRate) / (above.falseRate - below.falseRate);
  return below.recall + share * (above.recall - below.recall);
}

/** The threshold that stays within a rate of false alerts. */
export const thresholdAt = (curve: readonly Point[], falseRate: number): number =>
  Math.min(...curve.filter((point) => point.falseRate <= falseRate).map(({ threshold }) => threshold));

/** The rates over which recall is averaged to compare two detectors: single points are noisy. */
const AVERAGED_RATES = [0.08, 0.1, 0.13, 0.16, 0.2, 0.25, 0.32, 0.4, 0.5, 0.6, 0.8, 1];

export const meanRecall = (curve: readonly Point[]): number =>
  sum(AVERAGED_RATES.map((rate) => recallAt(curve, rate))) / AVERAGED_RATES.length;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

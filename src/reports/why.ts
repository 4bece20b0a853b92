import { type Evidence, type SeriesProfile, verdictOf } from "../detector/detector.ts";
import type { Parameters } from "../detector/parameters.ts";
import { newestOf, weightOf, windowScoreOf, zeroRunOf } from "../detector/prediction.ts";
import type { Expectation } from "../detector/residual.ts";
import type { SendEffect } from "../detector/send-effect.ts";
import { transformOf } from "../detector/transform.ts";
import { type Limits, limitsOf } from "../detector/verdict/alert.ts";
import { type Evaluation, isEvaluated } from "../detector/verdict/evaluation.ts";
import type { Verdict } from "../detector/verdict/verdict.ts";
import { effectSize, statisticOf, tailOf, type WindowBefore } from "../detector/windows.ts";
import { type PlainZScores, plainZScores } from "../detector/z-score.ts";
import type { ZeroRunBefore } from "../detector/zero-run.ts";
import type { MissingSend } from "../series/missing-sends.ts";
import type { Send } from "../series/sends.ts";
import type { Point } from "../series/series.ts";
import type { Rules } from "../settings/watch.ts";
import { weeksBefore } from "../time/calendar.ts";
import { type Bucket, stepOf } from "../time/time.ts";
import { type ReplayInput, replayCooperatively } from "./replay.ts";
import { type CooperativeTask, runAtOnce } from "./slices.ts";

/** The anomaly score of one look-back window, in the direction of the verdict. */
export interface WindowFacts {
  /** Buckets. */
  readonly window: number;
  readonly anomalyScore: number;
}

/** All numbers that lead from a count to the anomaly score of one look-back window. */
export interface Arithmetic {
  readonly expectation: Expectation;
  readonly observed: number;
  /** Observed − expected on the transformed scale; on a holiday the lesser of two distances. */
  readonly value: number;
  /** The soft-clipped z-score of the bucket. */
  readonly z: number;
  readonly forecast: number;
  /** The look-back window; undefined where a run of zeros decided. */
  readonly before?: WindowBefore;
  readonly zeroRun: ZeroRunBefore;
  /** How much the change counts by its size, the bucket by its volume, and the noise of this window in the past. */
  readonly size: number;
  readonly volumeWeight: number;
  readonly tail: number;
  readonly parameters: Parameters;
}

/** The numbers behind a verdict. */
export interface Explanation {
  readonly bucket: Bucket;
  /** What was sent shortly before, newest first. @default nothing that is known */
  readonly sends?: readonly Send[];
  /** What did not go out though it did at this time of the weeks before. @default nothing that is known */
  readonly missing?: readonly MissingSend[];
  readonly verdict: Verdict;
  /** The same hour of the week (or day) in the weeks before, newest first, by the clock of the zone. */
  readonly comparable: readonly Point[];
  /** The plain z-scores of the count against those; absent if they are too few. */
  readonly plain?: PlainZScores;
  /** Absent if the bucket could not be evaluated. */
  readonly numbers?: {
    /** How many comparable buckets the baseline rests on. */
    readonly weeksSeen: number;
    readonly windows: readonly WindowFacts[];
    /** The limits of this watch for the bucket: threshold, minimum change, what is critical. */
    readonly limits: Limits;
    readonly holiday: boolean;
    /** What was sent shortly before may do; left out where that is nothing, or usual. */
    readonly sendEffect?: SendEffect;
    readonly arithmetic: Arithmetic;
  };
  readonly rules: Pick<Rules, "direction">;
}

/** How many comparable buckets are shown. */
const COMPARABLE = 8;

/** Explains a watch's verdict on a bucket; undefined if the bucket is not in the history. */
export const explain = (
  replayInput: ReplayInput,
  profile: SeriesProfile,
  rules: Rules,
  bucket: Bucket,
): Explanation | undefined => runAtOnce(explainCooperatively(replayInput, profile, rules, bucket));

/** The same in slices. */
export function* explainCooperatively(
  replayInput: ReplayInput,
  profile: SeriesProfile,
  rules: Rules,
  bucket: Bucket,
): CooperativeTask<Explanation | undefined> {
  const [evidence] = (yield* replayCooperatively(replayInput, profile, bucket, bucket)).evidence;
  if (!evidence || evidence.bucket !== bucket) return undefined;
  const verdict = verdictOf(evidence, rules);
  const numbers = numbersOf(evidence, verdict, rules);
  const comparable = comparableTo(bucket, replayInput, profile);
  const plain =
    isEvaluated(evidence) &&
    plainZScores(
      evidence.observed / partsOf(evidence),
      comparable.map(({ value }) => value),
    );
  return {
    bucket,
    verdict,
    comparable,
    ...(plain && { plain }),
    ...(numbers && { numbers }),
    rules,
  };
}

/** Limits in what people count. */
const inUnits = (limits: Limits, parts: number): Limits => ({
  ...limits,
  minAbsoluteChange: limits.minAbsoluteChange / parts,
  minCriticalChange: limits.minCriticalChange / parts,
  criticalImpact: limits.criticalImpact / parts,
});

/** How many of the smallest parts, in which a bucket is evaluated, make one. */
const partsOf = ({ prediction }: Evaluation): number => transformOf(prediction.expectation.kind).parts;

function numbersOf(evidence: Evidence, verdict: Verdict, rules: Rules): Explanation["numbers"] | undefined {
  if (!isEvaluated(evidence) || verdict.kind === "not-evaluated") return undefined;
  const { prediction, residual, observed } = evidence;
  const { windows, tailScales, forecast, zeroRun, parameters } = prediction;
  const sign =
    verdict.score.anomalyScore < 0 || (verdict.score.anomalyScore === 0 && residual.z < 0) ? -1 : 1;
  const newest = newestOf(prediction, observed);
  const weight = weightOf(prediction, newest, sign);
  const scores = evidence.windows.map((statistic, w) => ({
    window: statistic.window,
    anomalyScore: weight * windowScoreOf(prediction, statistic, w, sign),
  }));
  const w = windows.findIndex(({ window }) => window === verdict.score.window);
  const before = windows[w];
  const isZeroRun = sign < 0 && zeroRunOf(prediction, observed)?.anomalyScore === -verdict.score.anomalyScore;
  return {
    weeksSeen: prediction.comparable,
    windows: scores,
    limits: inUnits(limitsOf(rules, prediction), partsOf(evidence)),
    holiday: prediction.holiday,
    ...(prediction.sendEffect && { sendEffect: prediction.sendEffect }),
    arithmetic: {
      expectation: prediction.expectation,
      observed,
      value: residual.value,
      z: residual.z,
      forecast,
      ...(before && !isZeroRun && { before }),
      zeroRun,
      size: before ? effectSize(statisticOf(before, newest), sign, parameters) : 1,
      volumeWeight: weightOf(prediction, newest, sign),
      tail: before ? tailScales[tailOf(w, sign)]! : 1,
      parameters,
    },
  };
}

function comparableTo(bucket: Bucket, { history }: ReplayInput, { unit, zone }: SeriesProfile): Point[] {
  const step = stepOf(unit);
  return Array.from({ length: COMPARABLE }, (_, i) => weeksBefore(bucket, i + 1, unit, zone)).flatMap(
    (before) => {
      const value = history.values[(before - history.first) / step];
      return value === undefined ? [] : [{ bucket: before, value }];
    },
  );
}

import { type Evidence, type SeriesProfile, verdictOf } from "../detector/detector.ts";
import { isEvaluated } from "../detector/verdict/evaluation.ts";
import { thresholdOf } from "../detector/verdict/threshold.ts";
import type { Verdict } from "../detector/verdict/verdict.ts";
import { type PlainZScores, plainZScores } from "../detector/z-score.ts";
import type { Point } from "../series/series.ts";
import type { Rules } from "../settings/watch.ts";
import { type Bucket, stepOf, WEEK } from "../time/time.ts";
import { zoneOffset } from "../time/zone.ts";
import { type ReplayInput, replayCooperatively } from "./replay.ts";
import { type CooperativeTask, runAtOnce } from "./slices.ts";

/** One look-back window of a bucket and its statistics. */
export interface WindowFacts {
  /** Buckets. */
  readonly window: number;
  /** Sessions in these buckets together. */
  readonly observed: number;
  readonly expected: number;
  /** The step statistic: how far they are beyond the forecast, in standard deviations; signed. */
  readonly z: number;
  /** The tail scale of this window's own history, by which that is divided. */
  readonly tail: number;
}

/** The numbers behind a verdict. */
export interface Explanation {
  readonly bucket: Bucket;
  readonly verdict: Verdict;
  /** The same hour of the week (or day) in the weeks before, newest first, by the clock of the zone. */
  readonly comparable: readonly Point[];
  /** The plain z-scores of the count against those; absent if they are too few. */
  readonly plain?: PlainZScores;
  /** Absent if the bucket could not be evaluated. */
  readonly numbers?: {
    /** How many comparable buckets the baseline rests on. */
    readonly weeksSeen: number;
    /** What was expected and the scale (σ̂) of such buckets, both transformed (`anscombe`). */
    readonly expected: number;
    readonly scale: number;
    /** The z-score of the bucket alone, and the one that the autoregression expected. */
    readonly z: number;
    readonly forecast: number;
    readonly windows: readonly WindowFacts[];
    /** The anomaly score at which this watch alerts. */
    readonly threshold: number;
    readonly holiday: boolean;
    /** How much the bucket counts beside busier ones: 1 or less. */
    readonly volumeWeight: number;
  };
  readonly floors: Pick<Rules, "direction" | "minRelativeChange" | "minAbsoluteChange">;
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
  const { direction, minRelativeChange, minAbsoluteChange } = rules;
  const numbers = numbersOf(evidence, rules);
  const comparable = comparableTo(bucket, replayInput, profile);
  const plain =
    isEvaluated(evidence) &&
    plainZScores(
      evidence.observed,
      comparable.map(({ value }) => value),
    );
  return {
    bucket,
    verdict: verdictOf(evidence, rules),
    comparable,
    ...(plain && { plain }),
    ...(numbers && { numbers }),
    floors: { direction, minRelativeChange, minAbsoluteChange },
  };
}

function numbersOf(evidence: Evidence, rules: Rules): Explanation["numbers"] | undefined {
  if (!isEvaluated(evidence)) return undefined;
  const { residual, prediction } = evidence;
  const { comparable, forecast, tailScales, holiday, volumeWeight, dailyMaxima } = prediction;
  const windows = evidence.windows.map(({ window, observed, expected, step }, i) => ({
    window,
    observed,
    expected,
    z: step,
    // Scales are stored window by window, for drops, then for spikes.
    tail: tailScales[2 * i + (step < 0 ? 0 : 1)]!,
  }));
  return {
    weeksSeen: comparable,
    expected: residual.expected,
    scale: residual.scale,
    z: residual.z,
    forecast,
    windows,
    threshold: thresholdOf(rules, dailyMaxima),
    holiday,
    volumeWeight,
  };
}

function comparableTo(bucket: Bucket, { history }: ReplayInput, { unit, zone }: SeriesProfile): Point[] {
  const step = stepOf(unit);
  return Array.from({ length: COMPARABLE }, (_, i) =>
    weeksBefore(bucket, i + 1, unit === "hour" ? zone : "UTC"),
  ).flatMap((before) => {
    const value = history.values[(before - history.first) / step];
    return value === undefined ? [] : [{ bucket: before, value }];
  });
}

/** The same wall-clock time so many weeks before, also across a change of clocks. */
function weeksBefore(bucket: Bucket, weeks: number, zone: string): Bucket {
  const before = bucket - weeks * WEEK;
  return before + zoneOffset(zone, bucket) - zoneOffset(zone, before);
}

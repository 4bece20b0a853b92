import { type Evidence, type SeriesProfile, verdictOf } from "../detector/detector.ts";
import { isJudged } from "../detector/evidence.ts";
import { thresholdOf } from "../detector/rules.ts";
import type { Verdict } from "../detector/verdict.ts";
import type { Point } from "../series/series.ts";
import type { Rules } from "../settings/watch.ts";
import { type Bucket, stepOf, WEEK } from "../time/time.ts";
import { zoneOffset } from "../time/zone.ts";
import { type Learnable, replayInSlices } from "./replay.ts";
import { atOnce, type Slices } from "./slices.ts";

/** One look-back window of a bucket: what it holds, and how far off that is. */
export interface WindowFacts {
  /** Buckets. */
  readonly window: number;
  /** Sessions of these buckets together. */
  readonly observed: number;
  readonly expected: number;
  /** How far they are off beyond what lingers from before, in standard deviations; signed. */
  readonly z: number;
  /** What this window's own past surprises divide that by, in the direction it points. */
  readonly tail: number;
}

/** The numbers behind a verdict. */
export interface Explanation {
  readonly bucket: Bucket;
  readonly verdict: Verdict;
  /** The same hour of the week (or day) in the weeks before, newest first; by the clock of the zone. */
  readonly comparable: readonly Point[];
  /** Absent where the bucket could not be judged. */
  readonly numbers?: {
    /** How many comparable buckets the baseline rests on. */
    readonly weeksSeen: number;
    /** The square root of what was expected, and how far such buckets stray on that scale. */
    readonly expectedRoot: number;
    readonly spread: number;
    /** How far the bucket alone is off, in spreads; and how far the hours before led one to expect. */
    readonly z: number;
    readonly lingering: number;
    readonly windows: readonly WindowFacts[];
    /** The surprise from which this watch speaks. */
    readonly threshold: number;
    readonly holiday: boolean;
    /** How much the bucket counts beside busier ones: 1 or less. */
    readonly weight: number;
  };
  readonly floors: Pick<Rules, "direction" | "minRelativeChange" | "minAbsoluteChange">;
}

/** How many comparable buckets are shown. */
const COMPARABLE = 8;

/** Says how a watch came to its verdict about a bucket; undefined where the bucket is not in the history. */
export const explain = (
  learnable: Learnable,
  profile: SeriesProfile,
  rules: Rules,
  bucket: Bucket,
): Explanation | undefined => atOnce(explainInSlices(learnable, profile, rules, bucket));

/** The same in slices. */
export function* explainInSlices(
  learnable: Learnable,
  profile: SeriesProfile,
  rules: Rules,
  bucket: Bucket,
): Slices<Explanation | undefined> {
  const [evidence] = (yield* replayInSlices(learnable, profile, bucket, bucket)).evidence;
  if (!evidence || evidence.bucket !== bucket) return undefined;
  const { direction, minRelativeChange, minAbsoluteChange } = rules;
  const numbers = numbersOf(evidence, rules);
  return {
    bucket,
    verdict: verdictOf(evidence, rules),
    comparable: comparableTo(bucket, learnable, profile),
    ...(numbers && { numbers }),
    floors: { direction, minRelativeChange, minAbsoluteChange },
  };
}

function numbersOf(evidence: Evidence, rules: Rules): Explanation["numbers"] | undefined {
  if (!isJudged(evidence)) return undefined;
  const { comparable, expectedRoot, spread, z, lingering, steps, scales, holiday, weight, peaks } = evidence;
  const windows = steps.map((step, i) => ({
    window: step.window,
    observed: step.observed,
    expected: step.expected,
    z: step.beyond,
    // Scales lie window by window: for drops, then for spikes.
    tail: scales[2 * i + (step.beyond < 0 ? 0 : 1)]!,
  }));
  const threshold = thresholdOf(rules, peaks);
  return { weeksSeen: comparable, expectedRoot, spread, z, lingering, windows, threshold, holiday, weight };
}

function comparableTo(bucket: Bucket, { history }: Learnable, { unit, zone }: SeriesProfile): Point[] {
  const step = stepOf(unit);
  return Array.from({ length: COMPARABLE }, (_, i) =>
    weeksBefore(bucket, i + 1, unit === "hour" ? zone : "UTC"),
  ).flatMap((before) => {
    const sessions = history.sessions[(before - history.first) / step];
    return sessions === undefined ? [] : [{ bucket: before, sessions }];
  });
}

/** The same wall-clock time so many weeks before, a change of clocks in between or not. */
function weeksBefore(bucket: Bucket, weeks: number, zone: string): Bucket {
  const before = bucket - weeks * WEEK;
  return before + zoneOffset(zone, bucket) - zoneOffset(zone, before);
}

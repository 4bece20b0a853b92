import type { Bucket } from "../time/time.ts";
import { sessionsOf } from "./baseline.ts";
import type { Peaks } from "./budget.ts";
import type { Direction, Score, UnjudgedReason } from "./verdict.ts";
import type { Step } from "./windows.ts";

/** The look-back window that speaks most for a drop, or for a spike. */
export interface Clue {
  /** How far off it is, in standard deviations that are made comparable by the series' own tail; 0 or more. */
  readonly surprise: number;
  /** Over how many buckets. */
  readonly window: number;
  /** Sessions of these buckets together, seen and expected. */
  readonly observed: number;
  readonly expected: number;
}

/** What is known of one bucket before any watch's rules: numbers as square roots where they say so. */
export interface Judged {
  readonly bucket: Bucket;
  /** In sessions, with the band at the normal threshold. */
  readonly score: Score;
  /** Sessions. */
  readonly observed: number;
  readonly expectedRoot: number;
  /** The same from least to most: on a holiday from its weekday to a Sunday. */
  readonly range: { readonly least: number; readonly most: number };
  /** How far such buckets stray, as a root, holidays and a young baseline allowed for. */
  readonly spread: number;
  /** Signed distance in spreads, excused by what was so a week ago, and bent where it is extreme. */
  readonly z: number;
  /** The z-score that the last hours led one to expect. */
  readonly lingering: number;
  readonly drop: Clue;
  readonly spike: Clue;
  /** How far beyond that range a surprise of 1 lies, downwards and upwards. */
  readonly reach: { readonly down: number; readonly up: number };
  readonly holiday: boolean;
  /** How many comparable buckets the baseline rests on. */
  readonly comparable: number;
  /** Whether it stood out like those before for days, so that the level was moved to what they show. */
  readonly isNewLevel: boolean;
  /** How much the hour counts beside busier ones: 1 or less. */
  readonly weight: number;
  /** What each look-back window shows. */
  readonly steps: readonly Step[];
  /** How surprising each day's most surprising bucket was, for drops and for spikes. */
  readonly peaks: { readonly drop: Peaks; readonly spike: Peaks };
  /** For each window the scale of its tail for drops, then for spikes. */
  readonly scales: readonly number[];
}

/** What is known of a bucket before it is put into sessions and learned. */
export type Numbers = Omit<Judged, "score" | "isNewLevel">;

/** What is known about a bucket from earlier buckets alone. */
export type Evidence =
  | Judged
  | { readonly bucket: Bucket; readonly unjudged: UnjudgedReason; readonly readyAt?: Bucket };

/** The numbers of a bucket in sessions, as a watch in this direction sees them from a threshold on. */
export function scoreOf(judged: Numbers, direction: Direction, threshold: number): Score {
  const { observed, expectedRoot, range, reach, z } = judged;
  const { surprise, window } = judged[direction];
  return {
    observed,
    expected: sessionsOf(expectedRoot),
    low: sessionsOf(Math.max(0, range.least - threshold * reach.down)),
    high: sessionsOf(range.most + threshold * reach.up),
    surprise: direction === "drop" && surprise > 0 ? -surprise : surprise,
    window,
    insideBand: Math.abs(z) < INSIDE,
  };
}

/** An hour is back where it belongs when it is at most this many spreads off: nine of ten ordinary hours are. */
const INSIDE = 1.64;

/** The direction that is more surprising, or, where neither is, the one the bucket lies in. */
export function directionOf({ drop, spike, z }: Numbers): Direction {
  if (drop.surprise === spike.surprise) return z < 0 ? "drop" : "spike";
  return drop.surprise > spike.surprise ? "drop" : "spike";
}

export const isJudged = (evidence: Evidence): evidence is Judged => !("unjudged" in evidence);

import type { PlannedEvent } from "../series/planned-events.ts";
import type { Bucket } from "../time/time.ts";
import { PEAK_BINS } from "./budget.ts";
import { rhythmOf } from "./rhythm.ts";
import { BINS, usualTail } from "./tail.ts";

/** What a series is counted in, and whose clock its rhythm follows. */
export interface SeriesProfile {
  readonly unit: "hour" | "day";
  /** IANA time zone of the app's users. */
  readonly zone: string;
  /** Country, or country and state such as `AU-VIC`, whose holidays count; taken from the zone where it is not set. */
  readonly country?: string;
  /** What is planned for the series: judged like holidays. Not kept with the state, but given anew each time. */
  readonly events?: readonly PlannedEvent[];
}

/** How many buckets back residuals are remembered: the longest look-back window and what lingers before it. */
export const REMEMBERED = 32;

/** What the detector has learned of one series: numbers in arrays of fixed size, on the scale of square roots. */
export interface DetectorState {
  readonly profile: SeriesProfile;
  /** What people had said about the buckets it learned from, as a number: see `taughtBy`. */
  taught: number;
  /** The last bucket taken in; −∞ before the first. */
  last: Bucket;
  /** The first bucket with any sessions; +∞ until there is one. */
  begun: Bucket;
  /** How many buckets were known, and for how many the count has stayed the same. */
  known: number;
  unchangedFor: number;
  lastCount: number;
  /** The share of the last buckets that were known. */
  knownShare: number;
  level: number;
  /** The mean squared residual of all buckets. */
  variance: number;
  /** When an hour last stood out so much that learning was damped, and when that began. */
  maskedAt: Bucket;
  maskedSince: Bucket;
  /** By how many spreads the last such time was off. */
  offBy: number;
  /** The first calm bucket after the last that stood out: what lay before is over, and no window reaches back to it. */
  calmSince: Bucket;
  /** The mean square of residuals that do not linger. */
  freshness: number;
  /** The sessions usually expected of a bucket: a slow mean. */
  volume: number;
  /** Buckets of the present run of zeros, the sessions expected of them, and the most that any earlier run cost. */
  silentFor: number;
  silence: number;
  longestSilence: number;
  /** The greatest surprises of the present day, and how those of past days were distributed. */
  dropPeak: number;
  spikePeak: number;
  dropPeaks: Uint16Array;
  spikePeaks: Uint16Array;
  /** Expected distance from the level, for each cell. */
  readonly shape: Float32Array;
  /** How many buckets each cell has seen, up to 255. */
  readonly seen: Uint8Array;
  /** Mean squared residuals by cell and by group. */
  readonly cellVariance: Float32Array;
  readonly groupVariance: Float32Array;
  readonly groupSeen: Uint8Array;
  /** Rings of the last buckets: z-scores, what is new in them, and sessions observed and expected. */
  readonly z: Float32Array;
  readonly fresh: Float32Array;
  readonly observed: Float32Array;
  readonly expected: Float32Array;
  /** How z-scores go together at a distance of 0, 1, 2, 3 buckets, and what follows from it for forecasting them. */
  readonly together: Float32Array;
  readonly lingering: Float32Array;
  /** For each window and direction: past surprises as a histogram, and their usual size. */
  readonly tails: Uint16Array;
  readonly scales: Float32Array;
}

/** The state of a series nothing is known of. */
export function newState(profile: SeriesProfile): DetectorState {
  const { cells, groups, windows } = rhythmOf(profile.unit);
  const tails = new Uint16Array(windows.length * 2 * BINS);
  for (let tail = 0; tail < windows.length * 2; tail++) tails.set(usualTail, tail * BINS);
  return {
    profile,
    taught: 0,
    last: Number.NEGATIVE_INFINITY,
    begun: Number.POSITIVE_INFINITY,
    known: 0,
    unchangedFor: 0,
    lastCount: -1,
    knownShare: 1,
    level: 0,
    variance: 0,
    maskedAt: Number.NEGATIVE_INFINITY,
    maskedSince: Number.NEGATIVE_INFINITY,
    offBy: 0,
    calmSince: Number.NEGATIVE_INFINITY,
    freshness: 1,
    volume: 0,
    silentFor: 0,
    silence: 0,
    longestSilence: 0,
    dropPeak: 0,
    spikePeak: 0,
    dropPeaks: new Uint16Array(PEAK_BINS),
    spikePeaks: new Uint16Array(PEAK_BINS),
    shape: new Float32Array(cells),
    seen: new Uint8Array(cells),
    cellVariance: new Float32Array(cells),
    groupVariance: new Float32Array(groups),
    groupSeen: new Uint8Array(groups),
    z: new Float32Array(REMEMBERED),
    fresh: new Float32Array(REMEMBERED),
    observed: new Float32Array(REMEMBERED),
    expected: new Float32Array(REMEMBERED),
    together: Float32Array.of(1, 0.5, 0.4, 0.32),
    lingering: new Float32Array(3),
    tails,
    scales: new Float32Array(windows.length * 2).fill(1),
  };
}

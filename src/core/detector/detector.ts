import { median } from "simple-statistics";
import { type Bucket, HOUR, WEEK } from "../time.ts";
import type { Direction, Score, UnjudgedReason, Verdict } from "../verdict.ts";
import type { Rules, Sensitivity } from "../watch.ts";

/** What a series is counted in, and whose clock its rhythm follows. */
export interface SeriesProfile {
  readonly unit: "hour" | "day";
  /** IANA time zone of the app's users. */
  readonly zone: string;
  /** ISO 3166 country whose public holidays count; taken from the zone where it is not set. */
  readonly country?: string;
}

/** The sessions of one bucket, or why they are not known. */
export type Reading = number | "missing" | "partial";

/** What is known about a bucket from earlier buckets alone. */
export type Evidence =
  | { readonly bucket: Bucket; readonly unjudged: UnjudgedReason; readonly readyAt?: Bucket }
  | { readonly bucket: Bucket; readonly score: Score };

/** What the detector has learned of one series. */
export interface DetectorState {
  readonly profile: SeriesProfile;
  readonly past: Map<Bucket, number>;
  readonly residuals: number[];
}

/** The state of a series nothing is known of. */
export const newState = (profile: SeriesProfile): DetectorState => ({
  profile,
  past: new Map(),
  residuals: [],
});

/**
 * Takes one bucket in, in order, and answers what earlier buckets say about it.
 * An hour is anomalous if the square root of its sessions lies further from the median of the same hour in the
 * weeks before than a threshold times the pooled spread of all such residuals.
 * @example observe(state, mondayNine, 40); // 100 ± 10 before => score.surprise ≈ -6
 */
export function observe(state: DetectorState, bucket: Bucket, reading: Reading): Evidence {
  if (reading === "missing" || reading === "partial") return { bucket, unjudged: reading };
  const comparable = [1, 2, 3, 4, 5, 6, 7, 8]
    .map((weeks) => state.past.get(bucket - weeks * WEEK))
    .filter((sessions) => sessions !== undefined);
  state.past.set(bucket, reading);
  state.past.delete(bucket - 9 * WEEK);
  if (comparable.length < 3) return { bucket, unjudged: "too-little-history", readyAt: bucket + 3 * WEEK };
  const expected = median(comparable.map(Math.sqrt));
  const residual = Math.sqrt(reading) - expected;
  const spread = Math.max(
    0.5,
    1.4826 * (state.residuals.length > 48 ? median(state.residuals.map(Math.abs)) : 1),
  );
  state.residuals.push(residual);
  if (state.residuals.length > 672) state.residuals.shift();
  const surprise = residual / spread;
  const edge = 4 * spread;
  return {
    bucket,
    score: {
      observed: reading,
      expected: expected ** 2,
      low: Math.max(0, expected - edge) ** 2,
      high: (expected + edge) ** 2,
      surprise,
      window: 1,
      insideBand: Math.abs(surprise) < 4,
    },
  };
}

const thresholdOf = (sensitivity: Sensitivity): number =>
  sensitivity === "low" ? 6 : sensitivity === "high" ? 3 : 4;

/** Applies a watch's own rules to the evidence about a bucket. */
export function verdictOf(evidence: Evidence, rules: Rules): Verdict {
  const { bucket } = evidence;
  if ("unjudged" in evidence) {
    return {
      kind: "unjudged",
      bucket,
      because: evidence.unjudged,
      ...(evidence.readyAt && { readyAt: evidence.readyAt }),
    };
  }
  const { score } = evidence;
  const change = Math.abs(score.observed - score.expected);
  const direction: Direction = score.surprise < 0 ? "drop" : "spike";
  const threshold = thresholdOf(rules.sensitivity);
  const anomalous =
    Math.abs(score.surprise) >= threshold &&
    (rules.direction === "both" || rules.direction === direction) &&
    change >= rules.minAbsoluteChange &&
    change >= rules.minRelativeChange * score.expected;
  if (!anomalous) return { kind: "normal", bucket, score };
  const severity = Math.abs(score.surprise) >= 2 * threshold ? "critical" : "warning";
  return { kind: "anomalous", bucket, direction, severity, score };
}

/** Packs a state for the store. */
export function encodeState({ profile, past, residuals }: DetectorState): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify({ profile, past: [...past].map(([b, s]) => [b / HOUR, s]), residuals }),
  );
}

/** Unpacks a state; undefined when it was packed by another version and has to be learned again. */
export function decodeState(bytes: Uint8Array): DetectorState | undefined {
  const { profile, past, residuals } = JSON.parse(new TextDecoder().decode(bytes));
  return { profile, past: new Map(past.map(([b, s]: [number, number]) => [b * HOUR, s])), residuals };
}

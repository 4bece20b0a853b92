import {
  type DetectorState,
  type Evidence,
  newState,
  observe,
  type Reading,
  type SeriesProfile,
  verdictOf,
} from "../../src/detector/detector.ts";
import type { Score, Verdict } from "../../src/detector/verdict/verdict.ts";
import { defaultRules, type Rules } from "../../src/settings/watch.ts";
import { stepOf, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

export const berlin: SeriesProfile = { unit: "hour", zone: "Europe/Berlin" };

/** A Monday at 00:00 UTC. */
export const monday = noon - 36 * 3_600_000 - 12 * WEEK;

/** The verdicts on readings in order, from `monday` on. */
export function verdictsOn(
  readings: readonly Reading[],
  profile: SeriesProfile = berlin,
  rules: Rules = defaultRules,
  state: DetectorState = newState(profile),
): Verdict[] {
  const step = stepOf(profile.unit);
  return readings.map((reading, i) => verdictOf(observe(state, monday + i * step, reading), rules));
}

/** The score that a watch with default rules sees; undefined for a bucket that was not evaluated. */
export function scoreOf(evidence: Evidence): Score | undefined {
  const verdict = verdictOf(evidence, defaultRules);
  return verdict.kind === "not-evaluated" ? undefined : verdict.score;
}

/** Where something was anomalous, as `288 drop`. */
export const anomalies = (verdicts: readonly Verdict[]): string[] =>
  verdicts.flatMap((verdict, i) => (verdict.kind === "anomalous" ? [`${i} ${verdict.direction}`] : []));

/** Counts around a mean, the same for the same seed (Knuth's Poisson generator over a linear congruence). */
export function poisson(mean: number, seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
  return () => {
    let count = 0;
    for (let product = uniform(); product > Math.exp(-mean); product *= uniform()) count++;
    return count;
  };
}

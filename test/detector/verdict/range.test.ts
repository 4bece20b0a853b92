import fc from "fast-check";
import { expect, test } from "vitest";
import { recorded, recordings } from "../../../simulator/braze/counts.ts";
import { type Evidence, newState, observe, type Reading, verdictOf } from "../../../src/detector/detector.ts";
import type { SendEffect } from "../../../src/detector/send-effect.ts";
import { alertOf, limitsOf } from "../../../src/detector/verdict/alert.ts";
import { isEvaluated } from "../../../src/detector/verdict/evaluation.ts";
import { isWithin } from "../../../src/detector/verdict/verdict.ts";
import { defaultRules, type Rules } from "../../../src/settings/watch.ts";
import { HOUR, stepOf, type Unit } from "../../../src/time/time.ts";
import { monday, poisson } from "../replayed.ts";

const week = 168;

/** Several watches of one series: three sensitivities, with and without minimum changes, in one direction or both. */
const someRules: readonly Rules[] = [
  defaultRules,
  { ...defaultRules, sensitivity: "high" },
  { ...defaultRules, sensitivity: "low", minRelativeChange: 0.3 },
  { ...defaultRules, sensitivity: "high", minAbsoluteChange: 40 },
  { ...defaultRules, direction: "drop", thresholdAdjustment: 1.21 },
  { ...defaultRules, direction: "spike", sensitivity: { alertsPerMonth: 4 } },
];

/** All that is wrong with the ranges of these buckets, as each of the watches sees them. */
const contradictions = (evidence: readonly Evidence[]): string[] =>
  evidence.flatMap((seen) => someRules.flatMap((rules) => contradictionsOf(seen, rules)));

function contradictionsOf(seen: Evidence, rules: Rules): string[] {
  const verdict = verdictOf(seen, rules);
  if (verdict.kind === "not-evaluated" || !isEvaluated(seen)) return [];
  const { score } = verdict;
  const isAnomalous = verdict.kind === "anomalous";
  const wrong: string[] = [];
  if (isWithin(score.observed, score) === isAnomalous) wrong.push("the verdict");
  if (score.together && isWithin(score.together.observed, score.together)) wrong.push("the hours together");
  const limits = limitsOf(rules, seen.prediction);
  const alerts = (count: number) =>
    (["drop", "spike"] as const).some(
      (direction) =>
        [direction, "both"].includes(rules.direction) && alertOf(seen.prediction, count, direction, limits),
    );
  if (score.low > 0 && !alerts(score.low - 1)) wrong.push("the count below the range");
  if (alerts(score.low)) wrong.push("the lowest count of the range");
  if (score.high !== undefined && alerts(score.high)) wrong.push("the highest count of the range");
  if (score.high !== undefined && !alerts(score.high + 1)) wrong.push("the count above the range");
  return wrong.map((what) => `${what}: ${JSON.stringify({ ...verdict, rules })}`);
}

const evidenceOf = (
  readings: readonly Reading[],
  unit: Unit = "hour",
  effectAt: (place: number) => SendEffect | undefined = () => undefined,
): Evidence[] => {
  const state = newState({ unit, zone: "America/New_York" });
  return readings.map((each, i) =>
    observe(state, monday + i * stepOf(unit), each, undefined, undefined, effectAt(i)),
  );
};

test.each(recordings)(
  "an hour of the recorded counts of %s alerts exactly if it lies outside its expected range",
  (name) => {
    const counts = recorded(name, { zone: "America/New_York", endsAt: monday + 12 * week * HOUR });
    const broken = Array.from({ length: 12 * week }, (_, i) => {
      const count = counts(monday + i * HOUR);
      // Outages, halves and spikes of all lengths, one a week.
      const [factor, length] = [
        [0, 1],
        [0.5, 6],
        [0.7, 24],
        [3, 2],
        [0, 30],
        [1.4, 12],
      ][Math.floor(i / week) % 6] as [number, number];
      return i > 6 * week && i % week >= 60 && i % week < 60 + length ? Math.round(count * factor) : count;
    });
    const evidence = evidenceOf(broken).slice(4 * week);
    expect(contradictions(evidence)).toEqual([]);
    expect(
      evidence.filter((seen) => verdictOf(seen, defaultRules).kind === "anomalous").length,
    ).toBeGreaterThan(20);
  },
  60_000,
);

test("whatever is counted, from none to millions, it alerts exactly if it lies outside its expected range", () => {
  const change = fc.record({
    at: fc.nat(6 * week),
    length: fc.integer({ min: 1, max: 40 }),
    factor: fc.constantFrom<number | "missing">(0, 0.2, 0.6, 0.8, 1.3, 2, 10, 1_000, "missing"),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(0, 0.2, 1, 5, 40, 600),
      fc.constantFrom(1, 1, 30, 2_000),
      fc.nat(1_000),
      fc.array(change, { maxLength: 6 }),
      fc.constantFrom<Unit>("hour", "day"),
      fc.constantFrom(undefined, 20, 50),
      (mean, scale, seed, changes, unit, sendsEvery) => {
        const draw = poisson(mean, seed);
        const effectAt = (i: number) =>
          sendsEvery && i % sendsEvery < 4
            ? {
                sends: i % 3,
                least: 1 - (seed % 3) / 4,
                most: 1 + (seed % 17) / (1 + (i % 4)),
                ...(seed % 2 === 1 && { weekly: { most: mean * scale * (seed % 5) } }),
              }
            : undefined;
        const readings = Array.from({ length: 6 * week }, (_, i): Reading => {
          const factors = changes.filter(({ at, length }) => i >= at && i < at + length);
          if (factors.some(({ factor }) => factor === "missing")) return "missing";
          const factor = factors.reduce((product, each) => product * (each.factor as number), 1);
          return Math.round(draw() * scale * (i % 24 < 6 ? 0.1 : 1) * factor);
        });
        expect(contradictions(evidenceOf(readings, unit, effectAt).slice(week))).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

import { expect, test } from "vitest";
import { defaultParameters } from "../../../src/detector/parameters.ts";
import { newestOf, type Prediction } from "../../../src/detector/prediction.ts";
import { residualOf } from "../../../src/detector/residual.ts";
import { anscombe } from "../../../src/detector/transform.ts";
import type { Evaluation } from "../../../src/detector/verdict/evaluation.ts";
import { verdictOf } from "../../../src/detector/verdict/rules.ts";
import type { Score } from "../../../src/detector/verdict/verdict.ts";
import { statisticOf } from "../../../src/detector/windows.ts";
import { defaultRules, type Rules } from "../../../src/settings/watch.ts";
import { noon } from "../../support/builders.ts";

/** A bucket of which 1,240 were expected, ± 1 on the transformed scale: a z-score is its distance there. */
const prediction: Prediction = {
  bucket: noon,
  unit: "hour",
  expectation: { expected: anscombe(1_240), least: anscombe(1_240), most: anscombe(1_240), scale: 1 },
  forecast: 0,
  windows: [{ window: 1, innovations: 0, weight: 1, deviation: 1, z: 0, observed: 0, expected: 1_240 }],
  tailScales: [1, 1],
  deviation: 1,
  zeroRun: { length: 0, cost: 0, costliest: 0, expected: 1_240 },
  holiday: false,
  comparable: 8,
  volumeWeight: 1,
  usualVolume: 1_240,
  dailyMaxima: { drop: new Uint16Array(36), spike: new Uint16Array(36) },
  parameters: defaultParameters,
};

/** Three hours of which 600 of 1,240 are missing in each of the first two. */
const afterTwo: Prediction = {
  ...prediction,
  windows: [
    ...prediction.windows,
    {
      window: 3,
      innovations: -12,
      weight: 1,
      deviation: Math.sqrt(3),
      z: -12,
      observed: 1_280,
      expected: 3_720,
    },
  ],
  tailScales: [1, 1, 1, 1],
};

const evaluation = (observed: number, of = prediction): Evaluation => {
  const newest = newestOf(of, observed);
  const none = { anomalyScore: 0, window: 1, observed, expected: 1_240 };
  return {
    bucket: noon,
    observed,
    prediction: of,
    residual: residualOf(of.expectation, observed, defaultParameters),
    windows: of.windows.map((before) => statisticOf(before, newest)),
    drop: none,
    spike: none,
    onset: { buckets: 1, observed: 610, expected: 1_240 },
    outlier: { kind: "regular", run: { outlierAt: 0, outlierSince: 0, outlierMeanZ: 0, recoveredAt: 0 } },
    isNewLevel: false,
  };
};

// √1,240.375 is 35.22: √960 lies 4.2 below it, √900 5.2; what is less than e^−0.35 off counts in proportion.
test.each<[string, number, Partial<Rules>, string]>([
  ["a count as expected", 1_240, {}, "normal"],
  ["a score above the threshold", 900, {}, "drop warning"],
  ["half gone and far beyond the threshold", 610, {}, "drop critical"],
  ["far beyond the threshold but small", 800, {}, "drop warning"],
  ["far more than expected", 2_000, {}, "spike critical"],
  ["a score below the threshold", 1_010, {}, "normal"],
  ["a score above the threshold of high sensitivity", 960, { sensitivity: "high" }, "drop warning"],
  ["a score below the threshold of low sensitivity", 960, { sensitivity: "low" }, "normal"],
  ["a drop, where only spikes alert", 610, { direction: "spike" }, "normal"],
  ["a spike, where only drops alert", 2_000, { direction: "drop" }, "normal"],
  ["a score below a threshold that false alarms raised", 985, { thresholdAdjustment: 1.1 }, "normal"],
  ["a change of less than the minimum share", 900, { minRelativeChange: 0.3 }, "normal"],
  ["a change below the minimum change", 610, { minAbsoluteChange: 700 }, "normal"],
  [
    "a score within the accepted rate of false alarms",
    900,
    { sensitivity: { alertsPerMonth: 2 } },
    "drop warning",
  ],
  [
    "a score beyond the accepted rate of false alarms",
    900,
    { sensitivity: { alertsPerMonth: 0.02 } },
    "normal",
  ],
])("%s", (_, observed, rules, expected) => {
  const verdict = verdictOf(evaluation(observed), { ...defaultRules, ...rules });
  expect(verdict.kind === "anomalous" ? `${verdict.direction} ${verdict.severity}` : verdict.kind).toBe(
    expected,
  );
});

const scoreWith = (observed: number, rules: Partial<Rules> = {}, of = prediction): Score =>
  (verdictOf(evaluation(observed, of), { ...defaultRules, ...rules }) as { score: Score }).score;

test("the expected range is that of the watch: its threshold, its minimum change, its direction", () => {
  // √890.375 lies 5.38 below √1,240.375, soft-clipped 4.741; ln(1,241 / 891) is 0.947 of 0.35; their product 4.49 of 4.5.
  expect(scoreWith(610, { sensitivity: "low" })).toMatchObject({ low: 890, high: 1_708 });
  expect(scoreWith(610, { minRelativeChange: 0.5 })).toMatchObject({ low: 621, high: 1_859 });
  expect(scoreWith(610, { minAbsoluteChange: 700 })).toMatchObject({ low: 541, high: 1_939 });
  expect(scoreWith(610, { direction: "drop" })).not.toHaveProperty("high");
  expect(scoreWith(610, { direction: "spike" })).toMatchObject({ low: 0 });
});

test.each<[string, number, Partial<Rules>, string]>([
  ["half of an hour that counts 1,240", 610, {}, "critical"],
  ["the same, where fewer than 700 are never critical", 610, { minCriticalChange: 700 }, "warning"],
  ["a fifth of it", 960, { sensitivity: "high" }, "warning"],
])("%s is as severe as its impact", (_, observed, rules, severity) => {
  expect(verdictOf(evaluation(observed), { ...defaultRules, ...rules })).toMatchObject({ severity });
});

test("six times as many sessions of a series of seven an hour are no more than a warning", () => {
  const small = {
    ...prediction,
    expectation: { expected: anscombe(7), least: anscombe(7), most: anscombe(7), scale: 0.5 },
    windows: [{ ...prediction.windows[0]!, expected: 7 }],
    usualVolume: 7,
  };
  expect(verdictOf(evaluation(42, small), defaultRules)).toMatchObject({
    kind: "anomalous",
    severity: "warning",
  });
});

test("two fifths of a day are critical where they are as many as several usual hours", () => {
  const day = {
    ...prediction,
    unit: "day" as const,
    expectation: {
      expected: anscombe(210_000),
      least: anscombe(210_000),
      most: anscombe(210_000),
      scale: 10,
    },
    windows: [{ ...prediction.windows[0]!, expected: 210_000 }],
    usualVolume: 210_000,
  };
  expect(verdictOf(evaluation(124_000, day), defaultRules)).toMatchObject({ severity: "critical" });
});

test("where several hours decide together, their counts and their range are named", () => {
  expect(scoreWith(1_160, {}, afterTwo)).not.toHaveProperty("together");
  const { together, window, anomalyScore } = scoreWith(1_000, {}, afterTwo);
  expect(window).toBe(3);
  expect(anomalyScore).toBeLessThan(-3.6);
  expect(together).toMatchObject({ observed: 2_280, expected: 3_720 });
  expect(together!.low).toBeGreaterThan(2_280);
  expect(together!.low).toBeLessThan(3_720);
  expect(together!.high).toBeGreaterThan(3_720);
});

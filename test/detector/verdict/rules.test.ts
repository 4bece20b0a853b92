import { expect, test } from "vitest";
import { anscombe } from "../../../src/detector/transform.ts";
import type { Evaluation } from "../../../src/detector/verdict/evaluation.ts";
import { verdictOf } from "../../../src/detector/verdict/rules.ts";
import type { Score } from "../../../src/detector/verdict/verdict.ts";
import type { WindowScore } from "../../../src/detector/windows.ts";
import { defaultRules, type Rules } from "../../../src/settings/watch.ts";
import { noon } from "../../support/builders.ts";

const strongest = (over: Partial<WindowScore> = {}): WindowScore => ({
  anomalyScore: 0,
  window: 1,
  observed: 610,
  expected: 1_240,
  ...over,
});

const evidence = (over: Partial<Evaluation>): Evaluation => ({
  bucket: noon,
  observed: 610,
  residual: {
    expected: anscombe(1_240),
    least: anscombe(1_240),
    most: anscombe(1_240),
    scale: 1,
    value: -4,
    raw: -4,
    z: -4,
  },
  forecast: 0,
  drop: strongest(),
  spike: strongest(),
  unitScore: { down: 1, up: 1 },
  holiday: false,
  isNewLevel: false,
  comparable: 8,
  volumeWeight: 1,
  usualVolume: 1_240,
  windows: [],
  outlier: {
    kind: "regular",
    run: { outlierAt: 0, outlierSince: 0, outlierMeanZ: 0, recoveredAt: 0 },
  },
  tailScales: [],
  dailyMaxima: { drop: new Uint16Array(36), spike: new Uint16Array(36) },
  ...over,
});

test.each<[string, Partial<Evaluation>, Partial<Rules>, string]>([
  ["a score above the threshold", { drop: strongest({ anomalyScore: 4 }) }, {}, "drop warning"],
  ["half gone and far beyond the threshold", { drop: strongest({ anomalyScore: 5 }) }, {}, "drop critical"],
  [
    "far beyond the threshold but small",
    { drop: strongest({ anomalyScore: 9, observed: 1_000 }) },
    {},
    "drop warning",
  ],
  ["a score below the threshold", { drop: strongest({ anomalyScore: 3.5 }) }, {}, "normal"],
  [
    "a score above the threshold of high sensitivity",
    { drop: strongest({ anomalyScore: 3.5 }) },
    { sensitivity: "high" },
    "drop warning",
  ],
  [
    "a score below the threshold of low sensitivity",
    { drop: strongest({ anomalyScore: 4 }) },
    { sensitivity: "low" },
    "normal",
  ],
  [
    "a drop, where only spikes alert",
    { drop: strongest({ anomalyScore: 9 }) },
    { direction: "spike" },
    "normal",
  ],
  [
    "the higher of two scores",
    { drop: strongest({ anomalyScore: 4 }), spike: strongest({ anomalyScore: 5, observed: 2_000 }) },
    {},
    "spike critical",
  ],
  [
    "a score below a threshold that false alarms raised",
    { drop: strongest({ anomalyScore: 3.8 }) },
    { thresholdAdjustment: 1.1 },
    "normal",
  ],
  ["a change of less than a tenth", { drop: strongest({ anomalyScore: 9, observed: 1_130 }) }, {}, "normal"],
  [
    "a change below the minimum change",
    { drop: strongest({ anomalyScore: 9 }) },
    { minAbsoluteChange: 700 },
    "normal",
  ],
  [
    "a score within the accepted rate of false alarms",
    { drop: strongest({ anomalyScore: 4.5, observed: 1_000 }) },
    { sensitivity: { alertsPerMonth: 2 } },
    "drop warning",
  ],
  [
    "a score beyond the accepted rate of false alarms",
    { drop: strongest({ anomalyScore: 4.5 }) },
    { sensitivity: { alertsPerMonth: 0.05 } },
    "normal",
  ],
])("%s", (_, over, rules, expected) => {
  const verdict = verdictOf(evidence(over), { ...defaultRules, ...rules });
  expect(verdict.kind === "anomalous" ? `${verdict.direction} ${verdict.severity}` : verdict.kind).toBe(
    expected,
  );
});

test("the verdict follows the watch: its direction, and the expected range at its threshold", () => {
  const { score } = verdictOf(evidence({ drop: strongest({ anomalyScore: 7.4, window: 3 }) }), {
    ...defaultRules,
    sensitivity: "low",
  }) as { score: Score };
  expect(score).toMatchObject({ observed: 610, anomalyScore: -7.4, window: 3, hasRecovered: false });
  expect(score.low).toBeCloseTo((Math.sqrt(1_240.375) - 4.5) ** 2 - 0.375);
  expect(score.high).toBeCloseTo((Math.sqrt(1_240.375) + 4.5) ** 2 - 0.375);
});

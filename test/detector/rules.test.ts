import { expect, test } from "vitest";
import type { Clue, Judged } from "../../src/detector/evidence.ts";
import { verdictOf } from "../../src/detector/rules.ts";
import { defaultRules, type Rules } from "../../src/settings/watch.ts";
import { aScore, noon } from "../builders.ts";

const clue = (over: Partial<Clue> = {}): Clue => ({
  surprise: 0,
  window: 1,
  observed: 610,
  expected: 1_240,
  ...over,
});

const evidence = (over: Partial<Judged>): Judged => ({
  bucket: noon,
  score: aScore(),
  observed: 610,
  expectedRoot: Math.sqrt(1_240.375),
  range: { least: Math.sqrt(1_240.375), most: Math.sqrt(1_240.375) },
  spread: 1,
  z: -4,
  lingering: 0,
  drop: clue(),
  spike: clue(),
  reach: { down: 1, up: 1 },
  holiday: false,
  isNewLevel: false,
  comparable: 8,
  weight: 1,
  steps: [],
  scales: [],
  peaks: { drop: new Uint16Array(36), spike: new Uint16Array(36) },
  ...over,
});

test.each<[string, Partial<Judged>, Partial<Rules>, string]>([
  ["surprising enough", { drop: clue({ surprise: 4 }) }, {}, "drop warning"],
  ["half gone and far beyond the threshold", { drop: clue({ surprise: 5 }) }, {}, "drop critical"],
  [
    "far beyond the threshold but small",
    { drop: clue({ surprise: 9, observed: 1_000 }) },
    {},
    "drop warning",
  ],
  ["not surprising enough", { drop: clue({ surprise: 3.5 }) }, {}, "normal"],
  [
    "surprising enough where it is to be sensitive",
    { drop: clue({ surprise: 3.5 }) },
    { sensitivity: "high" },
    "drop warning",
  ],
  ["not enough where it is not", { drop: clue({ surprise: 4 }) }, { sensitivity: "low" }, "normal"],
  ["a drop, where spikes are looked for", { drop: clue({ surprise: 9 }) }, { direction: "spike" }, "normal"],
  [
    "the louder of the two",
    { drop: clue({ surprise: 4 }), spike: clue({ surprise: 5, observed: 2_000 }) },
    {},
    "spike critical",
  ],
  [
    "not enough where its alarms were called false",
    { drop: clue({ surprise: 3.8 }) },
    { lenience: 1.1 },
    "normal",
  ],
  ["less than a tenth", { drop: clue({ surprise: 9, observed: 1_130 }) }, {}, "normal"],
  ["fewer sessions than one minds", { drop: clue({ surprise: 9 }) }, { minAbsoluteChange: 700 }, "normal"],
  [
    "within the budget",
    { drop: clue({ surprise: 4.5, observed: 1_000 }) },
    { sensitivity: { alertsPerMonth: 2 } },
    "drop warning",
  ],
  [
    "beyond the budget",
    { drop: clue({ surprise: 4.5 }) },
    { sensitivity: { alertsPerMonth: 0.05 } },
    "normal",
  ],
])("%s", (_, over, rules, expected) => {
  const verdict = verdictOf(evidence(over), { ...defaultRules, ...rules });
  expect(verdict.kind === "anomalous" ? `${verdict.direction} ${verdict.severity}` : verdict.kind).toBe(
    expected,
  );
});

test("the score is that of the watch: its direction, and the band within which it keeps quiet", () => {
  const { score } = verdictOf(evidence({ drop: clue({ surprise: 7.4, window: 3 }) }), {
    ...defaultRules,
    sensitivity: "low",
  }) as { score: ReturnType<typeof aScore> };
  expect(score).toMatchObject({ observed: 610, surprise: -7.4, window: 3, insideBand: false });
  expect(score.low).toBeCloseTo((Math.sqrt(1_240.375) - 4.5) ** 2 - 0.375);
  expect(score.high).toBeCloseTo((Math.sqrt(1_240.375) + 4.5) ** 2 - 0.375);
});

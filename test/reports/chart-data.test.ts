import { describe, expect, test } from "vitest";
import { newState, observe, verdictOf } from "../../src/detector/detector.ts";
import { runsOf } from "../../src/reports/chart.ts";
import { chartOf, spanOf } from "../../src/reports/chart-data.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { DAY, HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const profile = { unit: "hour", zone: "UTC" } as const;
const hours = 8 * 168;
const first = noon - (hours - 1) * HOUR;
const values = Array.from({ length: hours }, (_, i) => (i % 97 === 96 ? undefined : 1_000 + 20 * (i % 24)));
const stored = { history: { first, values } };
const rules = { ...defaultRules, sensitivity: "high" } as const;
const frame = { title: ["iOS"], incidents: [], isHoliday: () => false, rules };

describe("the chart of a stored series", () => {
  test("has a point for each hour with the range that the watch had at that time", () => {
    const { points } = chartOf(stored, profile, { ...frame, from: noon - 71 * HOUR, to: noon });
    const state = newState(profile);
    const seen = values.map((count, i) => observe(state, first + i * HOUR, count ?? "missing")).slice(-72);
    expect(points).toHaveLength(72);
    for (const [i, { bucket, observed, expected, low, high }] of points.entries()) {
      const evidence = seen[i]!;
      const verdict = verdictOf(evidence, rules);
      const score = verdict.kind === "not-evaluated" ? undefined : verdict.score;
      expect(bucket).toBe(evidence.bucket);
      expect(observed).toBe(values[hours - 72 + i]);
      expect({ expected, low, high }).toEqual(
        score
          ? { expected: score.expected, low: score.low, high: score.high }
          : { expected: undefined, low: undefined, high: undefined },
      );
    }
    expect(
      points.filter(({ observed }) => observed === undefined).map((point) => "observed" in point),
    ).not.toContain(true);
  });

  test("reaches no further than the history", () => {
    const { points } = chartOf(stored, profile, { ...frame, from: noon - 20 * WEEK, to: noon + 5 * HOUR });
    expect(points[0]?.bucket).toBe(first);
    expect(points.at(-1)?.bucket).toBe(noon);
  });

  test("marks the product changes that took effect within it", () => {
    const changes = [-49, -30.5, 0.5, 1].map((hours) => ({ name: `at ${hours}`, time: noon + hours * HOUR }));
    const chart = chartOf(stored, profile, { ...frame, from: noon - 48 * HOUR, to: noon, changes });
    expect(chart.changes?.map(({ name }) => name)).toEqual(["at -30.5", "at 0.5"]);
  });

  test("marks the visible incidents and whole holidays", () => {
    const isHoliday = (bucket: number) => bucket >= noon - 30 * HOUR && bucket < noon - 6 * HOUR;
    const near = { direction: "drop", from: noon - 2 * HOUR, to: noon } as const;
    const far = { direction: "spike", from: noon - 200 * HOUR, to: noon - 190 * HOUR } as const;
    const chart = chartOf(stored, profile, {
      ...frame,
      from: noon - 71 * HOUR,
      to: noon,
      incidents: [near, far],
      isHoliday,
    });
    expect(chart.incidents).toEqual([near]);
    expect(chart.holidays).toEqual([{ from: noon - 30 * HOUR, to: noon - 7 * HOUR }]);
  });
});

test.each([
  ["an incident of an hour: three days", 0, 71],
  ["one of two days: the day before it too", 48, 72],
  ["one of four days: the day before it too", 96, 120],
  ["one of a month: no more than two weeks", 720, 335],
])("shows of %s", (_, lasting, before) => {
  expect(spanOf({ openedAt: noon - lasting * HOUR, lastBucket: noon }, "hour")).toEqual({
    from: noon - before * HOUR,
    to: noon,
  });
});

test("shows six weeks of days", () => {
  const day = noon - (noon % DAY);
  expect(spanOf({ openedAt: day, lastBucket: day }, "day")).toEqual({ from: day - 41 * DAY, to: day });
});

test("finds unbroken runs", () => {
  expect(runsOf([1, 2, 3, 4, 5], (n) => n !== 3)).toEqual([
    { from: 1, to: 2 },
    { from: 4, to: 5 },
  ]);
  expect(runsOf([], () => true)).toEqual([]);
});

import { describe, expect, test } from "vitest";
import { attribute, type Part } from "../../src/incidents/attribution.ts";
import { estimatePart, type PartNumbers } from "../../src/incidents/part-estimate.ts";

/** Numbers between 0 and 1 that are the same in every run. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const HOURS = 75;

/** Three weeks and the present one of a part, hour by hour, with its own season, noise and growth. */
function weeksOf(level: number, random: () => number): number[][] {
  const phase = random() * 24;
  const growth = 0.94 + 0.12 * random();
  const gauss = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  return [0, 1, 2, 3].map((weeks) => {
    const weekly = level * growth ** -weeks * Math.exp(0.04 * gauss());
    return Array.from({ length: HOURS }, (_, hour) => {
      const usual = weekly * (0.6 + 0.4 * Math.sin(((hour + phase) / 24) * 2 * Math.PI));
      return Math.max(0, Math.round(usual * Math.exp(0.05 * gauss()) + Math.sqrt(usual) * gauss()));
    });
  });
}

/** A part that loses a share of its last hours, as it is estimated from few requests. */
function estimated(weeks: readonly number[][], loss: number, buckets: number): PartNumbers {
  const [now, ...before] = weeks as [number[], ...number[][]];
  const fallen = now.map((value, i) => (i >= HOURS - buckets ? Math.round(value * (1 - loss)) : value));
  return estimatePart(fallen, before, buckets)!;
}

const sum = (parts: readonly PartNumbers[]) => ({
  observed: parts.reduce((total, { observed }) => total + observed, 0),
  expected: parts.reduce((total, { expected }) => total + expected, 0),
});

describe("what moved", () => {
  test("of 300 incidents in which one of several apps fell, that app comes first in at least 95 of 100", () => {
    let right = 0;
    for (let i = 0; i < 300; i++) {
      const random = randoms(i + 1);
      const apps = 2 + Math.floor(random() * 5);
      const levels = Array.from({ length: apps }, () => 300 * 30 ** random());
      const total = levels.reduce((all, level) => all + level, 0);
      const guilty = levels.findIndex((level) => level > 0.15 * total);
      const buckets = 1 + Math.floor(random() * 4);
      const loss = 0.35 + 0.6 * random();
      const parts = levels.map(
        (level, n): Part => ({
          name: `app ${n}`,
          ...estimated(weeksOf(level, random), n === guilty ? loss : 0, buckets),
        }),
      );
      const attribution = attribute(parts, sum(parts), "drop");
      if (attribution?.moved[0]?.name === `app ${guilty}`) right++;
    }
    expect(right).toBeGreaterThanOrEqual(285);
  });

  test("of 300 incidents in which one segment fell, it comes before those that contain or overlap it", () => {
    let right = 0;
    for (let i = 0; i < 300; i++) {
      const random = randoms(1_000 + i);
      // Six groups of users, of which segments are made: each alone, and two of several groups.
      const groups = Array.from({ length: 6 }, () => weeksOf(400 + 3_000 * random(), random));
      const guilty = Math.floor(random() * 6);
      const buckets = 1 + Math.floor(random() * 4);
      const [loss, others] = [0.5 + 0.45 * random(), 0.12 * random()];
      const fallen = groups.map((weeks, n) => {
        const share = n === guilty ? loss : others;
        return weeks.map((week, w) =>
          week.map((value, hour) =>
            w === 0 && hour >= HOURS - buckets ? Math.round(value * (1 - share)) : value,
          ),
        );
      });
      const together = (members: readonly number[]) =>
        fallen[0]!.map((week, w) =>
          week.map((_, hour) => members.reduce((all, n) => all + fallen[n]![w]![hour]!, 0)),
        );
      const segments: [string, number[]][] = [
        ...groups.map((_, n): [string, number[]] => [`group ${n}`, [n]]),
        ["a half", [0, 1, 2]],
        ["the other half", [3, 4, 5]],
        ["nearly all", [0, 1, 2, 3, 4]],
      ];
      const parts = segments.map(
        ([name, members]): Part => ({ name, ...estimated(together(members), 0, buckets) }),
      );
      const whole = estimated(together([0, 1, 2, 3, 4, 5]), 0, buckets);
      if (attribute(parts, whole, "drop")?.moved[0]?.name === `group ${guilty}`) right++;
    }
    expect(right).toBeGreaterThanOrEqual(285);
  });

  const part = (name: string, observed: number, expected: number): Part => ({
    name,
    observed,
    expected,
    isAsExpected: Math.abs(observed - expected) < 0.1 * expected,
  });

  test("is said in shares of the difference to what was expected, not of the change since yesterday", () => {
    // Web always falls at this hour, and is expected to: it explains nothing.
    const parts = [part("iOS", 590, 1_000), part("Android", 2_000, 2_030), part("Web", 100, 101)];
    const attribution = attribute(parts, sum(parts), "drop")!;
    expect(attribution.moved.map(({ name, share }) => [name, Math.round(100 * share)])).toEqual([
      ["iOS", 93],
    ]);
    expect(attribution.asExpected).toEqual(["Android", "Web"]);
    expect(attribution.rest.isAsExpected).toBe(true);
  });

  test("is no single part where all moved alike", () => {
    const parts = [part("iOS", 600, 1_000), part("Android", 1_150, 2_000), part("Web", 55, 100)];
    expect(attribute(parts, sum(parts), "drop")).toMatchObject({ isAlike: true, asExpected: [] });
  });

  test("is nothing where the parts together moved the other way", () => {
    expect(
      attribute([part("iOS", 1_500, 1_000)], { observed: 1_500, expected: 1_000 }, "drop"),
    ).toBeUndefined();
    expect(attribute([], { observed: 1, expected: 2 }, "drop")).toBeUndefined();
  });
});

describe("what was expected of a part that nobody watches", () => {
  test("is unknown where a bucket of the incident, or the level, is not known", () => {
    expect(estimatePart([10, 10, undefined], [[10, 10, 10]], 1)).toBeUndefined();
    expect(estimatePart([10, 10, 5], [[10, 10, undefined]], 1)).toBeUndefined();
    expect(estimatePart([10, 10, 5], [], 1)).toBeUndefined();
    expect(estimatePart([0, 0, 5], [[0, 0, 5]], 1)).toBeUndefined();
  });

  test("is the median of the weeks before at the present level, whatever one strange week was", () => {
    const now = [200, 200, 200, 100];
    const weeks = [
      [100, 100, 100, 100],
      [100, 100, 100, 104],
      [100, 100, 100, 0],
    ];
    expect(estimatePart(now, weeks, 1)).toEqual({ observed: 100, expected: 200, isAsExpected: false });
  });
});

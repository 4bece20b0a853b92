import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rootOf, sessionsOf } from "../../src/detector/baseline.ts";
import { PEAK_BINS, type Peaks, thresholdWithin, withPeak } from "../../src/detector/budget.ts";
import { solveMemory } from "../../src/detector/memory.ts";
import { followSilence } from "../../src/detector/silence.ts";
import { newState } from "../../src/detector/state.ts";
import { BINS, note, quantileOf, scaleOf, usualTail } from "../../src/detector/tail.ts";
import { defaultTuning } from "../../src/detector/tuning.ts";
import { stepsAt } from "../../src/detector/windows.ts";
import { berlin } from "./replayed.ts";

test("roots lead back to sessions", () => {
  expect(sessionsOf(rootOf(1_240))).toBeCloseTo(1_240);
  expect(sessionsOf(rootOf(0))).toBe(0);
});

describe("a tail", () => {
  test("of the usual kind has the scale 1", () => {
    expect(scaleOf(usualTail, 0, defaultTuning)).toBeCloseTo(1, 0);
  });

  test("knows its quantiles to a bin's width", () => {
    const tails = new Uint16Array(BINS);
    for (let i = 1; i <= 1_000; i++) note(tails, 0, i / 100);
    expect(quantileOf(tails, 0, 0.96)).toBeGreaterThan(9.1);
    expect(quantileOf(tails, 0, 0.96)).toBeLessThan(10.1);
    expect(quantileOf(tails, 0, 0.5)).toBeGreaterThan(4.6);
    expect(quantileOf(tails, 0, 0.5)).toBeLessThan(5.5);
  });

  test("that is full counts what is old by half", () => {
    const tails = new Uint16Array(BINS);
    for (let i = 0; i < 0xffff; i++) note(tails, 0, 0);
    expect(tails[0]).toBe(0x7fff);
  });
});

describe("what lingers", () => {
  test.each([
    ["nothing", [1, 0, 0, 0], [0, 0, 0]],
    ["half of the hour before", [1, 0.5, 0.25, 0.125], [0.5, 0, 0]],
    ["six tenths of the second before", [1, 0, 0.6, 0], [0, 0.6, 0]],
  ])("is %s", (_, together, expected) => {
    const state = newState(berlin);
    state.together.set(together);
    solveMemory(state, defaultTuning);
    for (const [i, weight] of expected.entries()) expect(state.lingering[i]).toBeCloseTo(weight, 1);
  });
});

test("six hours at two spreads below are 2√6 deviations when nothing lingers", () => {
  const state = newState(berlin);
  for (let i = 0; i < 6; i++) {
    state.z[i] = -2;
    state.fresh[i] = -2;
    state.observed[i] = 30;
    state.expected[i] = 50;
  }
  const [one, , six] = stepsAt(state, 5, [1, 3, 6, 12], 6);
  expect(one).toMatchObject({ beyond: -2, plain: -2 });
  expect(six).toMatchObject({ window: 6, observed: 180, expected: 300 });
  expect(six!.beyond).toBeCloseTo(-2 * Math.sqrt(6));
  expect(six!.plain).toBeCloseTo(-2 * Math.sqrt(6));
});

describe("a run of zeros", () => {
  const after = (zeros: number, expected: number) => {
    const state = newState(berlin);
    let clue: ReturnType<typeof followSilence>;
    for (let i = 0; i < zeros; i++) clue = followSilence(state, 0, expected, defaultTuning);
    return { state, clue };
  };

  test("is as surprising as the sessions it cost", () => {
    expect(after(3, 40).clue).toEqual({ surprise: 3 * Math.log(21), window: 3, observed: 0, expected: 120 });
    expect(after(3, 1).clue!.surprise).toBeLessThan(2);
  });

  test("is measured by the costliest that was ordinary", () => {
    const { state } = after(4, 3);
    followSilence(state, 5, 3, defaultTuning);
    expect(state.longestSilence).toBeCloseTo(12, 1);
    followSilence(state, 0, 3, defaultTuning);
    followSilence(state, 5, 3, defaultTuning);
    expect(state.longestSilence).toBeCloseTo(12, 1);
  });

  test("that stood out does not excuse the next one", () => {
    const { state } = after(10, 40);
    followSilence(state, 5, 40, defaultTuning);
    expect(state.longestSilence).toBe(0);
  });
});

describe("an alert budget", () => {
  const peaks = (surprises: readonly number[]) =>
    surprises.reduce<Peaks>((days, surprise) => withPeak(days, surprise), new Uint16Array(PEAK_BINS));

  test("of one a month is near the normal threshold for a series like most", () => {
    const none = new Uint16Array(PEAK_BINS);
    expect(thresholdWithin(1, [none, none])).toBeGreaterThanOrEqual(3.25);
    expect(thresholdWithin(1, [none, none])).toBeLessThanOrEqual(4);
  });

  test("is kept where the series itself is more erratic", () => {
    const days = peaks(Array.from({ length: 300 }, (_, i) => (i % 10 === 0 ? 6 : 2)));
    expect(thresholdWithin(1, [days])).toBeGreaterThan(6);
    expect(thresholdWithin(4, [days])).toBeLessThanOrEqual(6.25);
  });

  test("that is larger never means a higher threshold", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { maxLength: 400 }), (surprises) => {
        const days = peaks(surprises);
        const thresholds = [0.2, 0.5, 1, 2, 5].map((budget) => thresholdWithin(budget, [days]));
        expect(thresholds).toEqual(thresholds.toSorted((a, b) => b - a));
      }),
    );
  });

  test("forgets after a year by halves", () => {
    const days = peaks(Array(366).fill(5));
    expect(days.reduce((sum, count) => sum + count, 0)).toBe(183);
  });
});

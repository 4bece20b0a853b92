import fc from "fast-check";
import {
  mean,
  median,
  medianAbsoluteDeviation,
  quantile,
  standardDeviation,
  variance,
} from "simple-statistics";
import { describe, expect, test } from "vitest";
import { forecastAt, updateArWeights, updateAutocovariance } from "../../src/detector/autoregression.ts";
import { defaultParameters } from "../../src/detector/parameters.ts";
import { softClip } from "../../src/detector/residual.ts";
import { scaleAt, updateScale } from "../../src/detector/scale.ts";
import { newState } from "../../src/detector/state/state.ts";
import { BINS, quantileOf, referenceTail, tailScaleOf, updateTail } from "../../src/detector/tail.ts";
import { anscombe, inverseAnscombe } from "../../src/detector/transform.ts";
import {
  type DailyMaxima,
  MAXIMA_BINS,
  thresholdForRate,
  withMaximum,
} from "../../src/detector/verdict/false-alarm-rate.ts";
import { statisticOf, windowsBefore } from "../../src/detector/windows.ts";
import { plainZScores } from "../../src/detector/z-score.ts";
import { updateZeroRun, zeroRunScore } from "../../src/detector/zero-run.ts";
import { berlin, poisson } from "./replayed.ts";

describe("the Anscombe transform", () => {
  test("can be inverted", () => {
    expect(inverseAnscombe(anscombe(1_240))).toBeCloseTo(1_240);
    expect(inverseAnscombe(anscombe(0))).toBe(0);
  });

  test.each([5, 50, 1_000])("gives counts of mean %i a standard deviation of about ½", (level) => {
    const counts = Array.from({ length: 4_000 }, poisson(Math.min(level, 500), 7));
    expect(standardDeviation(counts.map(anscombe))).toBeCloseTo(0.5, 1);
  });
});

test("z-scores beyond the limit grow only logarithmically and keep their sign", () => {
  expect(softClip(4.4, defaultParameters)).toBe(4.4);
  expect(softClip(45, defaultParameters)).toBeCloseTo(4.5 * (1 + 0.3 * Math.log(10)));
  expect(softClip(-45, defaultParameters)).toBeCloseTo(-4.5 * (1 + 0.3 * Math.log(10)));
});

describe("the plain z-scores", () => {
  test("are those of a textbook", () => {
    const sample = [1_240, 1_180, 1_300, 1_220];
    expect(plainZScores(610, sample)).toEqual({
      mean: 1_235,
      standardDeviation: standardDeviation(sample),
      z: (610 - 1_235) / standardDeviation(sample),
      median: 1_230,
      mad: medianAbsoluteDeviation(sample),
      robustZ: (610 - median(sample)) / (1.4826 * medianAbsoluteDeviation(sample)),
    });
    expect(plainZScores(610, sample)!.z).toBeCloseTo(-14.43, 1);
  });

  test("are omitted where the past does not vary or is too short", () => {
    expect(plainZScores(1, [5, 5, 5])).toMatchObject({ z: undefined, robustZ: undefined });
    expect(plainZScores(1, [4, 5])).toBeUndefined();
  });
});

describe("the score histogram", () => {
  test("of a usual series has a tail scale of 1", () => {
    expect(tailScaleOf(referenceTail, 0, defaultParameters)).toBeCloseTo(1, 0);
  });

  test("that is full halves the weight of old scores", () => {
    const tails = new Uint16Array(BINS);
    for (let i = 0; i < 0xffff; i++) updateTail(tails, 0, 0);
    expect(tails[0]).toBe(0x7fff);
  });
});

describe("the running estimates agree with batch statistics", () => {
  // The last bin ends at 29.3 and takes all that lies beyond.
  const scores = fc.array(fc.double({ min: 0.51, max: 29, noNaN: true }), { minLength: 50, maxLength: 400 });

  test("the quantiles of the score histogram lie within a bin of those of simple-statistics", () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0.1, max: 0.96, noNaN: true }), (values, share) => {
        const tails = new Uint16Array(BINS);
        for (const value of values) updateTail(tails, 0, value);
        // Bins are 2^⅛ wide; neighbouring ranks bracket the quantile, whichever way it is interpolated.
        const ranks = 1 / values.length;
        const least = quantile([...values], Math.max(0, share - ranks)) / 2 ** 0.125;
        const most = quantile([...values], Math.min(1, share + ranks)) * 2 ** 0.125;
        expect(quantileOf(tails, 0, share)).toBeGreaterThanOrEqual(Math.max(0.5, least) - 1e-9);
        expect(quantileOf(tails, 0, share)).toBeLessThanOrEqual(most + 1e-9);
      }),
    );
  });

  test("the scale of an hour is the standard deviation of its residuals", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 1, max: 9, noNaN: true }),
        (seed, sigma) => {
          const state = newState(berlin);
          state.seasonCount[10] = 255;
          const draw = poisson(50, seed);
          const residuals = Array.from(
            { length: 600 },
            () => (2 * sigma * (draw() - 50)) / Math.sqrt(4 * 50),
          );
          for (const residual of residuals) {
            state.knownBuckets++;
            updateScale(state, 10, residual, 1, defaultParameters);
          }
          const recent = residuals.slice(-100).map((residual) => residual ** 2);
          expect(scaleAt(state, 10, defaultParameters)).toBeGreaterThan(0.6 * Math.sqrt(mean(recent)));
          expect(scaleAt(state, 10, defaultParameters)).toBeLessThan(1.6 * Math.sqrt(mean(recent)));
        },
      ),
    );
  });

  test("the autocovariance at lag 0 is the variance of the z-scores", () => {
    const state = newState(berlin);
    const draw = poisson(50, 5);
    const z = Array.from({ length: 20_000 }, () => (draw() - 50) / Math.sqrt(50));
    for (const [i, value] of z.entries()) {
      state.z[i % 32] = value;
      updateAutocovariance(state, i % 32, 1, defaultParameters);
    }
    expect(state.autocovariance[0]).toBeCloseTo(variance(z), 0);
    expect(state.autocovariance[1]).toBeCloseTo(0, 0);
  });
});

describe("the autoregression", () => {
  test.each([
    ["has no weights where z-scores are independent", [1, 0, 0, 0], [0, 0, 0]],
    ["takes half of the hour before", [1, 0.5, 0.25, 0.125], [0.5, 0, 0]],
    ["takes six tenths of the second hour before", [1, 0, 0.6, 0], [0, 0.6, 0]],
  ])("%s", (_, autocovariance, expected) => {
    const state = newState(berlin);
    state.autocovariance.set(autocovariance);
    updateArWeights(state, defaultParameters);
    for (const [i, weight] of expected.entries()) expect(state.arWeights[i]).toBeCloseTo(weight, 1);
  });

  test("forecasts a z-score from the previous ones", () => {
    const state = newState(berlin);
    state.arWeights.set([0.5, 0, 0]);
    state.z[4] = -2;
    expect(forecastAt(state, 5)).toBe(-1);
  });
});

test("six hours at two scales below are 2√6 deviations without autocorrelation", () => {
  const state = newState(berlin);
  for (let i = 0; i < 5; i++) {
    state.z[i] = -2;
    state.innovation[i] = -2;
    state.observed[i] = 30;
    state.expected[i] = 50;
  }
  const newest = { z: -2, innovation: -2, observed: 30 };
  const windows = windowsBefore(state, 5, 50, [1, 3, 6, 12], 6);
  const [one, , six] = windows.map((before) => statisticOf(before, newest));
  expect(one).toMatchObject({ step: -2, stouffer: -2 });
  expect(six).toMatchObject({ window: 6, observed: 180, expected: 300 });
  expect(six!.step).toBeCloseTo(-2 * Math.sqrt(6));
  expect(six!.stouffer).toBeCloseTo(-2 * Math.sqrt(6));
});

describe("a run of zeros", () => {
  const after = (zeros: number, expected: number) => {
    const state = newState(berlin);
    let score: ReturnType<typeof zeroRunScore>;
    for (let i = 0; i < zeros; i++) {
      const { zeroRunLength: length, zeroRunCost: cost, costliestZeroRun: costliest } = state;
      score = zeroRunScore({ length, cost, costliest, expected }, 0, defaultParameters);
      updateZeroRun(state, 0, expected, defaultParameters, true);
    }
    return { state, score };
  };

  test("scores by the number of missing sessions", () => {
    const { score } = after(3, 40);
    expect(score).toEqual({ anomalyScore: 3 * Math.log(21), window: 3, observed: 0, expected: 120 });
    expect(after(3, 1).score!.anomalyScore).toBeLessThan(2);
  });

  test("is compared with the costliest ordinary run", () => {
    const { state } = after(4, 3);
    updateZeroRun(state, 5, 3, defaultParameters, true);
    expect(state.costliestZeroRun).toBeCloseTo(12, 1);
    updateZeroRun(state, 0, 3, defaultParameters, true);
    updateZeroRun(state, 5, 3, defaultParameters, true);
    expect(state.costliestZeroRun).toBeCloseTo(12, 1);
  });

  test("that was anomalous does not hide the next one", () => {
    const { state } = after(10, 40);
    updateZeroRun(state, 5, 40, defaultParameters, true);
    expect(state.costliestZeroRun).toBe(0);
  });
});

describe("a threshold for a rate of false alarms", () => {
  const maxima = (scores: readonly number[]) =>
    scores.reduce<DailyMaxima>((days, score) => withMaximum(days, score), new Uint16Array(MAXIMA_BINS));

  test("of one a month is near the normal threshold for most series", () => {
    const none = new Uint16Array(MAXIMA_BINS);
    expect(thresholdForRate(1, [none, none])).toBeGreaterThanOrEqual(3.25);
    expect(thresholdForRate(1, [none, none])).toBeLessThanOrEqual(4);
  });

  test("is higher where the series itself is more erratic", () => {
    const days = maxima(Array.from({ length: 300 }, (_, i) => (i % 10 === 0 ? 6 : 2)));
    expect(thresholdForRate(1, [days])).toBeGreaterThan(6);
    expect(thresholdForRate(4, [days])).toBeLessThanOrEqual(6.25);
  });

  test("never rises with the rate", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { maxLength: 400 }), (scores) => {
        const days = maxima(scores);
        const thresholds = [0.2, 0.5, 1, 2, 5].map((rate) => thresholdForRate(rate, [days]));
        expect(thresholds).toEqual(thresholds.toSorted((a, b) => b - a));
      }),
    );
  });

  test("halves the weight of old maxima after a year", () => {
    const days = maxima(Array(366).fill(5));
    expect(days.reduce((sum, count) => sum + count, 0)).toBe(183);
  });
});

import { expect, test } from "vitest";
import { amount, change, count, counted, expectedRange, ofMetric, times } from "../../src/text/numbers.ts";

test.each([
  [1_240.4, "1,240"],
  [-630, "−630"],
  [-0.4, "0"],
  [1.24e12, "1.2T"],
  [Number.NaN, "unknown"],
])("count(%d) is %s", (value, shown) => {
  expect(count(value)).toBe(shown);
});

test.each([
  [610, 1_240, "−51%"],
  [1_240, 1_240, "0%"],
  [1_239, 1_240, "0%"],
  [0, 1_240, "−100%"],
  [4_216, 1_240, "+240%"],
  [15_812, 1_240, "×13"],
  [40, 0, undefined],
])("%d of %d expected is %s", (observed, expected, shown) => {
  expect(change({ observed, expected })).toBe(shown);
});

test("one is singular", () => {
  expect([counted(1, "hour"), counted(3, "hour")]).toEqual(["1 hour", "3 hours"]);
});

test("an empty range is shown as one number, never below zero", () => {
  expect(expectedRange({ low: 1_105, high: 1_382 })).toBe("1,105–1,382");
  expect(expectedRange({ low: -2, high: 0 })).toBe("0");
});

test("an anomaly score beyond the scale of words is described as such", () => {
  expect([times(-7.42), times(99.97), times(Number.POSITIVE_INFINITY)]).toEqual([
    "7.4",
    "more than 99",
    "more than 99",
  ]);
});

test.each([
  [1, "watch", "1 watch"],
  [3, "watch", "3 watches"],
  [0, "hour", "0 hours"],
  [1_200, "session", "1,200 sessions"],
])("%i of %s: %s", (n, noun, words) => {
  expect(counted(n, noun)).toBe(words);
});

test.each([
  [12_400.4, "revenue", "$12,400", "$12,400"],
  [12.5, "revenue", "$12.50", "$12.50"],
  [-120, "revenue", "−$120", "−$120"],
  [1_340, "purchases", "1,340", "1,340 purchases"],
  [1, "uninstalls", "1", "1 uninstall"],
  [Number.NaN, "revenue", "unknown", "unknown"],
] as const)("%d of %s is written %s, and with its noun %s", (value, metric, short, long) => {
  expect([amount(value, { metric }), ofMetric(value, { metric })]).toEqual([short, long]);
});

test("a range of money may begin below zero, and one of counts may not", () => {
  const revenue = { metric: "revenue" } as const;
  expect(expectedRange({ low: 1_105.4, high: 1_382 }, revenue)).toBe("$1,105–$1,382");
  expect(expectedRange({ low: -20, high: 340 }, revenue)).toBe("−$20–$340");
  expect(expectedRange({ low: -20 }, revenue)).toBe("at least −$20");
  expect(expectedRange({ low: -20, high: 340 })).toBe("at most 340");
});

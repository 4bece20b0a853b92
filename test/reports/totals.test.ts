import { describe, expect, test } from "vitest";
import { driftOf } from "../../src/reports/drift.ts";
import { totalOver, weeksUpTo, weekTotal } from "../../src/reports/totals.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { localInstant, zoneOffset } from "../../src/time/zone.ts";

const first = Date.UTC(2026, 5, 1);
const hours = 168;
const sessions = { unit: "hour" } as const;
const weeks = (...values: (number | undefined)[]) => ({
  first,
  values: values.flatMap((value) => Array<number | undefined>(hours).fill(value)),
});
const week = (n: number) => ({ from: first + n * WEEK, to: first + (n + 1) * WEEK });

describe("the total of a week", () => {
  test("is a sum of counts, the mean of a level, and the quotient of the sums of a ratio", () => {
    const past = weeks(10);
    expect(totalOver(past, week(0), sessions)?.value).toBe(10 * hours);
    expect(totalOver(past, week(0), { ...sessions, metric: "segment-size" })?.value).toBe(10);
    const denominators = past.values.map((_, i) => (i === 0 ? 1_000 : 0));
    const ratio = { first, values: past.values.map((_, i) => (i === 0 ? 0.5 : 99)), denominators };
    const per = { metric: "sessions" } as const;
    expect(totalOver(ratio, week(0), { ...sessions, metric: "purchases", per })?.value).toBe(0.5);
  });

  test("is unknown where no hour is known, and says how many are", () => {
    expect(totalOver(weeks(undefined), week(0), sessions)).toBeUndefined();
    expect(totalOver(weeks(10), week(7), sessions)).toBeUndefined();
    const past = weeks(10);
    past.values[3] = undefined;
    expect(totalOver(past, week(0), sessions)).toMatchObject({ known: 167, due: 168 });
  });

  test("is compared over the hours that are known in both weeks", () => {
    const past = weeks(10, 20);
    past.values[5] = undefined;
    expect(weekTotal(past, week(1), sessions, "UTC")).toMatchObject({
      value: 20 * hours,
      against: { observed: 20 * (hours - 1), expected: 10 * (hours - 1) },
    });
  });

  test("is not compared where a tenth of the hours is unknown in either", () => {
    const past = weeks(10, 20);
    for (let i = 0; i < 17; i++) past.values[i] = undefined;
    expect(weekTotal(past, week(1), sessions, "UTC")?.against).toBeUndefined();
    expect(weekTotal(weeks(10), week(0), sessions, "UTC")?.against, "no week before").toBeUndefined();
  });
});

describe("where clocks change", () => {
  const zone = "America/New_York";
  /** Midnight of a Sunday there. */
  const sunday = (n: number) => localInstant(zone, Date.UTC(2026, 1, 22 + 7 * n));
  /** Sessions by the hour of the day there: hour 0 has none, hour 23 has 23. */
  const past = {
    first: sunday(0),
    values: Array.from({ length: 5 * hours }, (_, i) => {
      const hour = sunday(0) + i * HOUR;
      return new Date(hour + zoneOffset(zone, hour)).getUTCHours();
    }),
  };
  const period = (n: number) => ({ from: sunday(n), to: sunday(n + 1) });

  test("a week is compared hour by hour of the clock, so that the change is no rise", () => {
    expect((sunday(3) - sunday(2)) / HOUR, "the clocks go forward in it").toBe(167);
    for (const n of [1, 2, 3]) {
      const against = weekTotal(past, period(n), sessions, zone)!.against!;
      // A week later, 2 AM is compared with 3 AM: the clocks skipped the hour.
      expect(against.observed - against.expected).toBe(n === 3 ? -1 : 0);
    }
    const fixed = weekTotal(past, period(2), sessions, "UTC")!.against!;
    expect(fixed.observed, "the test can fail").not.toBe(fixed.expected);
  });

  test("the weeks before are whole weeks of the clock", () => {
    const [first, ...others] = weeksUpTo(sunday(4), past, sessions, zone);
    for (const total of others) expect(Math.abs(total - first!) / first!).toBeLessThan(0.01);
    expect(others).toHaveLength(3);
  });
});

test("the weeks up to an end are those without a large gap, made whole", () => {
  const past = weeks(5, undefined, 10, 20);
  past.values[3 * hours] = undefined;
  expect(weeksUpTo(first + 4 * WEEK, past, sessions, "UTC")).toEqual([10 * hours, 20 * hours]);
  expect(
    weeksUpTo(first + 4 * WEEK + HOUR, past, { unit: "hour", metric: "segment-size" }, "UTC"),
  ).toHaveLength(2);
});

test.each<[string, number[], "drop" | "spike" | undefined]>([
  ["a steady fall by a tenth in five weeks", [100, 98, 95, 92, 89], "drop"],
  ["a steady rise", [100, 103, 107, 111, 116], "spike"],
  ["a fall that is too small", [100, 99, 98, 97, 96], undefined],
  ["four weeks", [100, 90, 80, 70], undefined],
  ["a fall in one step", [100, 100, 100, 100, 80], undefined],
  ["ups and downs that end lower", [100, 110, 90, 105, 85], undefined],
  ["seven weeks with one that does not fit", [100, 97, 95, 96, 91, 88, 85], "drop"],
  ["a start from nothing", [0, 1, 2, 3, 4], undefined],
])("%s", (_, totals, direction) => {
  expect(driftOf(totals)?.direction).toBe(direction);
});

test("of a thousand series without a drift, at most thirty show one", () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const found = Array.from({ length: 1_000 }, () =>
    Array.from({ length: 8 }, () => 100 + 100 * random()),
  ).filter((totals) => driftOf(totals));
  expect(found.length).toBeLessThanOrEqual(30);
});

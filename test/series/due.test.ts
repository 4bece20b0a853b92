import { describe, expect, test } from "vitest";
import { defaultTiming, dueBuckets, spreadOffset } from "../../src/series/due.ts";
import { DAY, HOUR, hourName, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const hourly = { unit: "hour", zone: "Europe/Berlin" } as const;

const due = (evaluatedThrough: number | undefined, now: number, over = {}, offset = 0) =>
  dueBuckets(
    evaluatedThrough === undefined ? undefined : { evaluatedThrough },
    now,
    hourly,
    { ...defaultTiming, ...over },
    offset,
  ).map(hourName);

describe("an hour is due", () => {
  test("once it is over and the evaluation delay has passed", () => {
    const eleven = noon - HOUR;
    expect(due(eleven - HOUR, noon + 14 * MINUTE)).toEqual([]);
    expect(due(eleven - HOUR, noon + 15 * MINUTE)).toEqual(["2026-06-16T11"]);
  });

  test("at once when the delay becomes shorter, and later when it becomes longer", () => {
    expect(due(noon - 2 * HOUR, noon + 5 * MINUTE, { evaluationDelay: 0 })).toEqual(["2026-06-16T11"]);
    expect(due(noon - 2 * HOUR, noon + 15 * MINUTE, { evaluationDelay: HOUR })).toEqual([]);
  });

  test("in order with all hours missed while the bot was down", () => {
    expect(due(noon - 4 * HOUR, noon + 20 * MINUTE)).toEqual([
      "2026-06-16T09",
      "2026-06-16T10",
      "2026-06-16T11",
    ]);
  });

  test("alone when the series was never evaluated: its history is read but not evaluated", () => {
    expect(due(undefined, noon + 20 * MINUTE)).toEqual(["2026-06-16T11"]);
  });

  test("later by the series' own offset", () => {
    expect(due(noon - 2 * HOUR, noon + 17 * MINUTE, {}, 3 * MINUTE)).toEqual([]);
    expect(due(noon - 2 * HOUR, noon + 18 * MINUTE, {}, 3 * MINUTE)).toEqual(["2026-06-16T11"]);
  });

  test("not before the next permitted request to Braze", () => {
    const progress = { evaluatedThrough: noon - 2 * HOUR, notBefore: noon + 30 * MINUTE };
    expect(dueBuckets(progress, noon + 29 * MINUTE, hourly, defaultTiming, 0)).toEqual([]);
    expect(dueBuckets(progress, noon + 30 * MINUTE, hourly, defaultTiming, 0)).toHaveLength(1);
  });
});

test("a day is due when it is over in the app's time zone", () => {
  const monday = Date.UTC(2026, 5, 15);
  const daily = { unit: "day", zone: "Europe/Berlin" } as const;
  const progress = { evaluatedThrough: monday - DAY };
  const midnightInBerlin = monday + DAY - 2 * HOUR;
  const dueAt = (now: number) => dueBuckets(progress, now, daily, defaultTiming, 0);
  expect(dueAt(midnightInBerlin + 14 * MINUTE)).toEqual([]);
  expect(dueAt(midnightInBerlin + 15 * MINUTE)).toEqual([monday]);
});

test("series are spread evenly over time, and each keeps its offset", () => {
  const offsets = Array.from({ length: 10_000 }, (_, i) =>
    spreadOffset(`main.app-${i}.all.hour`, 5 * MINUTE),
  );
  const perMinute = [0, 1, 2, 3, 4].map(
    (minute) => offsets.filter((offset) => Math.floor(offset / MINUTE) === minute).length,
  );
  for (const count of perMinute) expect(count).toBeGreaterThan(1_800);
  expect(spreadOffset("main.ios.all.hour", 5 * MINUTE)).toBe(spreadOffset("main.ios.all.hour", 5 * MINUTE));
});

import { describe, expect, test } from "vitest";
import { heldUntil, isTurn, pollingIntervalOf, roomLeft } from "../../src/series/api-quota.ts";
import { defaultTiming } from "../../src/series/due.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

describe("a series is read", () => {
  test.each([
    ["every hour while there is plenty", 60, false, 1],
    ["every hour down to a tenth above the reserve", 31, false, 1],
    ["every second hour below that", 29, false, 2],
    ["every third hour near the reserve", 24, false, 3],
    ["every third hour at the reserve", 20, false, 3],
    ["every hour if it is important, however little is left", 20, true, 1],
  ])("%s", (_, remaining, isImportant, pollingInterval) => {
    expect(pollingIntervalOf({ limit: 100, remaining, resetAt: noon }, 0.2, isImportant)).toBe(
      pollingInterval,
    );
  });
});

test.each([1, 2, 3])(
  "of the series that are read every %d hours, each is read once in that period, and the hours share them evenly",
  (pollingInterval) => {
    const ids = Array.from({ length: 300 }, (_, i) => `main.app-${i}.vip.hour`);
    const hours = Array.from({ length: pollingInterval }, (_, i) => noon + i * HOUR + 17 * MINUTE);
    for (const id of ids) expect(hours.filter((hour) => isTurn(id, hour, pollingInterval))).toHaveLength(1);
    for (const hour of hours) {
      const share = ids.filter((id) => isTurn(id, hour, pollingInterval)).length / ids.length;
      expect(Math.abs(share - 1 / pollingInterval)).toBeLessThan(0.12);
    }
  },
);

test("after a low quota, the postponed series are spread: important ones first, the others with their next hour", () => {
  const ids = Array.from({ length: 100 }, (_, i) => `main.app-${i}.vip.hour`);
  const times = (isImportant: boolean) =>
    ids.map((id) => heldUntil(id, { resetAt: noon }, isImportant, defaultTiming) - noon);
  expect(Math.max(...times(true))).toBeLessThan(5 * MINUTE);
  expect(Math.min(...times(false))).toBeGreaterThanOrEqual(15 * MINUTE);
  expect(Math.max(...times(false))).toBeLessThan(20 * MINUTE);
  expect(new Set(times(false)).size).toBeGreaterThan(90);
});

test.each([
  ["nothing is watched", [], undefined, 400],
  ["three are read each hour", Array(3).fill({ unit: "hour" }), { limit: 1_000 }, 397],
  ["days are read once a day", Array(24).fill({ unit: "day" }), { limit: 1_000 }, 399],
  ["the contract has another limit", [{ unit: "hour" }], { limit: 250 }, 99],
  ["there are too many", Array(500).fill({ unit: "hour" }), { limit: 1_000 }, 0],
] as const)("so many more series of purchases fit in their pool: %s", (_, read, quota, room) => {
  expect(roomLeft(read, quota, 0.2)).toBe(room);
});

import { describe, expect, test } from "vitest";
import { type IngestionDelay, lateAfter, learnIngestionDelay } from "../../src/series/ingestion-delay.ts";
import { MINUTE } from "../../src/time/time.ts";

const afterDelays = (...minutes: number[]): IngestionDelay =>
  minutes.reduce<IngestionDelay | undefined>(
    (known, delay) => learnIngestionDelay(known, delay * MINUTE),
    undefined,
  )!;

describe("the ingestion delay of a series", () => {
  test.each<[string, number[], number, number]>([
    ["at first its half counts as spread", [20], 20, 10],
    ["a steady delay leaves hardly any spread", Array(30).fill(20), 20, 0],
    ["an eighth of what is new is taken in", [20, 20, 28], 21, 8],
    ["a single long delay does not become the usual one", [...Array(30).fill(20), 100], 30, 20],
    ["a new delay that stays does", [...Array(30).fill(20), ...Array(30).fill(60)], 59, 1],
  ])("%s", (_, delays, usual, spread) => {
    const known = afterDelays(...delays);
    expect(Math.round(known.usual / MINUTE)).toBe(usual);
    expect(Math.round(known.spread / MINUTE)).toBe(spread);
  });
});

test("an hour is late after the usual delay plus four spreads, and at least half an hour", () => {
  const firstLook = 15 * MINUTE;
  expect(lateAfter(undefined, firstLook)).toBe(45 * MINUTE);
  expect(lateAfter({ usual: 15 * MINUTE, spread: 0 }, firstLook)).toBe(45 * MINUTE);
  expect(lateAfter({ usual: 60 * MINUTE, spread: 10 * MINUTE }, firstLook)).toBe(100 * MINUTE);
});

import { describe, expect, test } from "vitest";
import { type Changed, changedSeries, postedAbout } from "./lasting.ts";

/** Rentals by people without a subscription scatter so much that half of them missing mostly is no anomaly. */
const isSeen = ({ name }: Changed): boolean => name !== "casual-bike-rentals";

const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

describe.each(changedSeries.map((alike) => ({ name: alike[0]!.name, alike })))("$name", ({ alike }) => {
  const posted = alike.flatMap((changed) => postedAbout(0.5, changed));
  const opened = sorted(posted.map((one) => one.opened));
  const resolved = sorted(posted.map((one) => one.resolved));

  test("half of the counts gone for good are one new message, at most two", () => {
    expect(opened[opened.length >> 1]).toBe(isSeen(alike[0]!) ? 1 : 0);
    expect(opened.at(-1)).toBeLessThanOrEqual(2);
  });

  test("an incident whose counts never come back is not said to be resolved", () => {
    expect(resolved[resolved.length >> 1]).toBe(0);
    expect(resolved.at(-1)).toBeLessThanOrEqual(1);
  });
});

import { expect, test } from "vitest";
import { instantOf } from "../../src/cli/until.ts";
import { HOUR } from "../../src/core/time.ts";
import { noon } from "../builders.ts";

test.each([
  ["90m", "2026-06-16T13:30"],
  ["4h", "2026-06-16T16:00"],
  ["2026-06-17", "2026-06-16T22:00"],
  ["2026-06-17T08:00", "2026-06-17T06:00"],
  ["2026-06-17T08:00Z", "2026-06-17T08:00"],
])("%s at noon UTC, where the clock is that of Berlin, is %s UTC", (text, expected) => {
  expect(new Date(instantOf("until", text, noon, "Europe/Berlin")).toISOString().slice(0, 16)).toBe(expected);
});

test.each(["4", "4w", "tomorrow", "2026-13-01", "08:00"])("%s is refused", (text) => {
  expect(() => instantOf("until", text, noon, "UTC")).toThrow(/neither a span such as 4h, nor a time/);
});

test("where a beginning or an end is asked for, a span lies in the past", () => {
  expect(instantOf("from", "2d", noon, "UTC")).toBe(noon - 48 * HOUR);
  expect(instantOf("to", "30m", noon, "UTC")).toBe(noon - HOUR / 2);
});

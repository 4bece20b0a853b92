import { expect, test } from "vitest";
import { instantOf } from "../../src/cli/instant.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../builders.ts";

test.each([
  ["90m", "2026-06-16T13:30"],
  ["4h", "2026-06-16T16:00"],
  ["2026-06-17", "2026-06-16T22:00"],
  ["2026-06-17T08:00", "2026-06-17T06:00"],
  ["2026-06-17T08:00Z", "2026-06-17T08:00"],
  ["2026-06-17T24:00", "2026-06-17T22:00"],
])("%s at noon UTC by the clock of Berlin is %s UTC", (text, expected) => {
  const instant = instantOf(text, { now: noon, zone: "Europe/Berlin", toward: "future" });
  expect(new Date(instant).toISOString().slice(0, 16)).toBe(expected);
});

test.each(["4", "4w", "tomorrow", "2026-13-01", "2026-02-30", "2026-06-31T08:00", "08:00"])(
  "%s is refused",
  (text) => {
    const clockwork = { now: noon, zone: "UTC", toward: "future" } as const;
    expect(() => instantOf(text, clockwork)).toThrow(/neither a span such as 4h, nor a time/);
  },
);

test("a range lies in the past where a past range is required", () => {
  const clockwork = { now: noon, zone: "UTC", toward: "past" } as const;
  expect(instantOf("2d", clockwork)).toBe(noon - 48 * HOUR);
  expect(instantOf("30m", clockwork)).toBe(noon - HOUR / 2);
});

import { describe, expect, test } from "vitest";
import { type QuietHours, quietUntil } from "../../src/notifications/quiet-hours.ts";

const nights: QuietHours = { from: 22 * 60, to: 7 * 60, critical: false };
const noons: QuietHours = { from: 12 * 60, to: 13 * 60 + 30, critical: false };
const weekdays = [0, 1, 2, 3, 4];

const until = (quiet: QuietHours, now: string, zone: string) => {
  const end = quietUntil(quiet, Date.parse(now), zone);
  return end === undefined ? undefined : new Date(end).toISOString().slice(0, 16);
};

describe("quiet hours", () => {
  test.each<[string, QuietHours, string, string | undefined]>([
    ["do not hold before they begin", nights, "2026-06-16T19:59Z", undefined],
    ["begin at their first minute", nights, "2026-06-16T20:00Z", "2026-06-17T05:00"],
    ["go on over midnight", nights, "2026-06-16T23:30Z", "2026-06-17T05:00"],
    ["hold until their last minute", nights, "2026-06-17T04:59Z", "2026-06-17T05:00"],
    ["are over when they end", nights, "2026-06-17T05:00Z", undefined],
    ["may lie within a day", noons, "2026-06-16T11:00Z", "2026-06-16T11:30"],
    [
      "belong to the day they begin on",
      { ...nights, days: weekdays },
      "2026-06-20T03:00Z",
      "2026-06-20T05:00",
    ],
    ["leave out the days that are not named", { ...nights, days: weekdays }, "2026-06-20T21:00Z", undefined],
    [
      "may be whole days",
      { from: 0, to: 24 * 60, days: [6], critical: false },
      "2026-06-21T12:00Z",
      "2026-06-21T22:00",
    ],
    ["are an hour shorter when clocks go forward", nights, "2026-03-28T21:30Z", "2026-03-29T05:00"],
    ["are an hour longer when clocks go back", nights, "2026-10-24T20:30Z", "2026-10-25T06:00"],
    [
      "end the first time their end comes when clocks go back",
      { ...nights, to: 2 * 60 + 30 },
      "2026-10-24T22:00Z",
      "2026-10-25T00:30",
    ],
    [
      "do not hold again when their end comes a second time",
      { ...nights, to: 2 * 60 + 30 },
      "2026-10-25T01:10Z",
      undefined,
    ],
    [
      "end as if clocks had not gone forward when their end is skipped",
      { ...nights, to: 2 * 60 + 30 },
      "2026-03-29T00:00Z",
      "2026-03-29T01:30",
    ],
  ])("%s", (_, quiet, now, end) => {
    expect(until(quiet, now, "Europe/Berlin")).toBe(end);
  });

  test("follow the clock of their zone", () => {
    expect(until(nights, "2026-06-17T03:00Z", "America/New_York")).toBe("2026-06-17T11:00");
    expect(until(nights, "2026-06-16T17:00Z", "Asia/Kolkata")).toBe("2026-06-17T01:30");
  });
});

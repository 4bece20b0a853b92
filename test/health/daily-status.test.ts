import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/detector/verdict/verdict.ts";
import { bucketsOf, dailyStatusOf, dayOfStatus, type WatchedDay } from "../../src/health/daily-status.ts";
import { HOUR } from "../../src/time/time.ts";

const nine = 9 * HOUR;
const utc = (text: string) => Date.parse(`${text}Z`);

describe("the day that the daily status covers", () => {
  test.each([
    ["nothing before the hour has struck", "2026-06-17T08:59", "UTC", undefined],
    ["the day before, once it has", "2026-06-17T09:00", "UTC", ["2026-06-16", "2026-06-17"]],
    ["the same for the rest of the day", "2026-06-17T23:59", "UTC", ["2026-06-16", "2026-06-17"]],
    [
      "by the clock of the zone, east of Greenwich",
      "2026-06-17T00:00",
      "Asia/Tokyo",
      ["2026-06-16", "2026-06-17"],
    ],
    ["and west of it", "2026-06-17T15:59", "America/Los_Angeles", undefined],
  ])("%s", (_, now, zone, days) => {
    const due = dayOfStatus(utc(now), nine, zone);
    expect(due && [due.day.date, due.notifiedOn]).toEqual(days);
  });

  test.each([
    ["a day has 24 hours", "2026-06-17T12:00", "Europe/Berlin", "2026-06-15T22:00", 24],
    ["23 when clocks go forward", "2026-03-30T12:00", "Europe/Berlin", "2026-03-28T23:00", 23],
    ["25 when they go back", "2026-10-26T12:00", "Europe/Berlin", "2026-10-24T22:00", 25],
    [
      "where midnight is at half past, the hours that begin in it",
      "2026-06-17T12:00",
      "Asia/Kolkata",
      "2026-06-15T19:00",
      24,
    ],
  ])("%s", (_, now, zone, first, count) => {
    const hours = bucketsOf(dayOfStatus(utc(now), nine, zone)!.day, "hour");
    expect(hours[0]).toBe(utc(first));
    expect(hours).toHaveLength(count);
  });
});

const { day } = dayOfStatus(utc("2026-06-17T09:00"), nine, "UTC")!;
const verdicts = (...kinds: (Verdict["kind"] | undefined)[]) =>
  kinds.flatMap((verdict, i) => (verdict ? [{ bucket: day.from + i * HOUR, verdict }] : []));
const all = (count: number, kind: Verdict["kind"]) => Array<Verdict["kind"]>(count).fill(kind);
const aDay = (over: Partial<WatchedDay> = {}): WatchedDay => ({
  unit: "hour",
  watchedSince: day.from - HOUR,
  entries: verdicts(...all(24, "normal")),
  isMuted: false,
  incidents: 0,
  ...over,
});

describe("the daily status", () => {
  test.each<[string, WatchedDay[], object]>([
    [
      "a whole day of twelve watches",
      Array(12).fill(aDay()),
      { hours: { due: 288, evaluated: 288, notEvaluated: 0, gaps: 0 } },
    ],
    [
      "an anomalous hour counts as evaluated",
      [aDay({ entries: verdicts(...all(23, "normal"), "anomalous") })],
      { hours: { due: 24, evaluated: 24, notEvaluated: 0, gaps: 0 } },
    ],
    [
      "an hour that could not be evaluated is not a gap",
      [aDay({ entries: verdicts(undefined, "not-evaluated", ...all(22, "normal")) })],
      { hours: { due: 24, evaluated: 22, notEvaluated: 1, gaps: 1 } },
    ],
    [
      "a watch counts from the hour in which it was set up",
      [aDay({ watchedSince: day.from + 20.5 * HOUR, entries: [] })],
      { hours: { due: 4, evaluated: 0, notEvaluated: 0, gaps: 4 } },
    ],
    [
      "a watch by the day counts its day",
      [aDay(), aDay({ unit: "day", entries: [{ bucket: day.from, verdict: "normal" }] })],
      { hours: { due: 24 }, days: { due: 1, evaluated: 1, notEvaluated: 0, gaps: 0 } },
    ],
    [
      "mutes and incidents are counted",
      [aDay({ isMuted: true, incidents: 2 }), aDay({ incidents: 1 })],
      { muted: 1, incidents: 3, watches: 2, openIssues: 0 },
    ],
  ])("%s", (_, watched, account) => {
    expect(dailyStatusOf(day, watched, 0)).toMatchObject(account);
  });

  test("no daily status covers a day on which nothing was watched", () => {
    expect(dailyStatusOf(day, [aDay({ watchedSince: day.to })], 0)).toBeUndefined();
  });
});

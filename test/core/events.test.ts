import { describe, expect, test } from "vitest";
import { verdictOf } from "../../src/core/detector/detector.ts";
import { readEvents } from "../../src/core/events.ts";
import { isPlace } from "../../src/core/holidays.ts";
import { replay } from "../../src/core/replay.ts";
import { DAY, HOUR, WEEK } from "../../src/core/time.ts";
import { defaultRules } from "../../src/core/watch.ts";
import { generated } from "../../src/simulator/braze/counts.ts";
import { noon } from "../builders.ts";

const day = (date: string) => Date.parse(`${date}T00:00Z`) / DAY;

describe("planned events", () => {
  test("are read as days with a name", () => {
    expect(readEvents("2026-11-27 Black Friday; 2026-12-10/2026-12-12 Winter sale;")).toEqual([
      { name: "Black Friday", firstDay: day("2026-11-27"), lastDay: day("2026-11-27") },
      { name: "Winter sale", firstDay: day("2026-12-10"), lastDay: day("2026-12-12") },
    ]);
  });

  test.each(["tomorrow Sale", "2026-11-27", "2026-02-30 Never", "2026-12-12/2026-12-10 Backwards"])(
    "%s cannot be understood",
    (text) => {
      expect(readEvents(text)).toBe(text);
    },
  );

  test("widen the band on their day, also for a state that was kept before they were planned", () => {
    const counts = generated({ seed: 3, level: 800, zone: "UTC" });
    const first = noon - 8 * WEEK;
    const sessions = Array.from({ length: (8 * WEEK) / HOUR + 1 }, (_, i) => counts(first + i * HOUR));
    const history = { first, sessions: [...sessions.slice(0, -1), Math.round(sessions.at(-1)! * 1.45)] };
    const profile = { unit: "hour", zone: "UTC" } as const;
    const events = [{ name: "Push campaign", firstDay: day("2026-06-16"), lastDay: day("2026-06-16") }];
    const state = replay({ history }, profile, noon, noon - DAY).settled!;
    const surprise = (planned: typeof events) => {
      const [seen] = replay({ history, state }, { ...profile, events: planned }, noon, noon).evidence;
      const verdict = verdictOf(seen!, defaultRules);
      return verdict.kind === "unjudged" ? Number.NaN : verdict.score.surprise;
    };
    expect(surprise([])).toBeGreaterThan(5);
    expect(surprise(events)).toBeLessThan(0.8 * surprise([]));
  });
});

test.each([
  ["DE", true],
  ["AU-VIC", true],
  ["Germany", false],
  ["AU-XXX", false],
  ["", false],
])("%s is a place with a calendar: %s", (place, is) => {
  expect(isPlace(place)).toBe(is);
});

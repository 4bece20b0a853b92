import { describe, expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { verdictOf } from "../../src/detector/detector.ts";
import { replay } from "../../src/reports/replay.ts";
import { eventId, eventsFor, eventsOnDays, isPlanned, readEvents } from "../../src/series/planned-events.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { canonicalPlace } from "../../src/time/holidays.ts";
import { DAY, HOUR, MINUTE, WEEK } from "../../src/time/time.ts";
import { anEvent, noon } from "../support/builders.ts";

const day = (date: string) => Date.parse(`${date}T00:00Z`) / DAY;

describe("planned events", () => {
  test("are read as days with a name", () => {
    expect(readEvents("2026-11-27 Black Friday; 2026-12-10/2026-12-12 Winter sale;")).toEqual([
      { name: "Black Friday", firstDay: day("2026-11-27"), lastDay: day("2026-11-27") },
      { name: "Winter sale", firstDay: day("2026-12-10"), lastDay: day("2026-12-12") },
    ]);
  });

  test.each(["tomorrow Sale", "2026-11-27", "2026-02-30 Never", "2026-12-12/2026-12-10 Backwards"])(
    "%s is not a planned event",
    (text) => {
      expect(readEvents(text)).toBe(text);
    },
  );

  test("of a day last from local midnight to midnight, also across a clock change", () => {
    const days = [{ name: "Sale", firstDay: day("2026-10-25"), lastDay: day("2026-10-25") }];
    expect(eventsOnDays(days, "Europe/Berlin")).toMatchObject([
      {
        id: "sale@2026-10-24T22:00",
        from: Date.UTC(2026, 9, 24, 22),
        to: Date.UTC(2026, 9, 25, 23),
        scope: {},
      },
    ]);
  });

  const from = noon + 20 * MINUTE;
  test.each([
    ["an hour before it is not part of it", -1, "hour", false],
    ["the hour in which it begins is part of it", 0, "hour", true],
    ["so is the hour in which it ends", 2, "hour", true],
    ["the hour after it is not", 3, "hour", false],
    ["so is the day on which it is", -12, "day", true],
    ["the day after is not", 12, "day", false],
  ] as const)("%s", (_, hours, unit, is) => {
    const event = anEvent({ from, to: from + 2 * HOUR });
    expect(isPlanned(noon + hours * HOUR, unit, "UTC", [event])).toBe(is);
  });

  test("belong to a day by the clock of the zone", () => {
    const late = anEvent({ from: Date.UTC(2026, 5, 15, 23), to: Date.UTC(2026, 5, 16, 0) });
    expect(isPlanned(Date.UTC(2026, 5, 15), "day", "Europe/Berlin", [late])).toBe(false);
    expect(isPlanned(Date.UTC(2026, 5, 16), "day", "Europe/Berlin", [late])).toBe(true);
  });

  test("apply to everything, a workspace, or one app", () => {
    const events = [
      anEvent({ id: "all", scope: {} }),
      anEvent({ id: "main", scope: { workspace: "main" } }),
      anEvent({ id: "ios", scope: { workspace: "main", app: "ios" } }),
      anEvent({ id: "sum", scope: { workspace: "main", app: "all" } }),
    ];
    const idsFor = (workspace: string, app?: string) =>
      eventsFor({ workspace, ...(app && { app }) }, events).map(({ id }) => id);
    expect(idsFor("main", "ios")).toEqual(["all", "main", "ios"]);
    expect(idsFor("main")).toEqual(["all", "main", "sum"]);
    expect(idsFor("other", "ios")).toEqual(["all"]);
  });

  test.each([
    ["Push: sale!", "push-sale@2026-06-16T12:00"],
    ["عيد", "عيد@2026-06-16T12:00"],
    ["🎉", "event@2026-06-16T12:00"],
  ])("called %s are named %s", (name, id) => {
    expect(eventId(name, noon)).toBe(id);
  });

  test("widen the expected range while they last, also for a state stored before they were planned", () => {
    const counts = generated({ seed: 3, level: 800, zone: "UTC" });
    const first = noon - 8 * WEEK;
    const sessions = Array.from({ length: (8 * WEEK) / HOUR + 1 }, (_, i) => counts(first + i * HOUR));
    const history = { first, values: [...sessions.slice(0, -1), Math.round(sessions.at(-1)! * 1.45)] };
    const profile = { unit: "hour", zone: "UTC" } as const;
    const events = [anEvent({ from: noon, to: noon + HOUR })];
    const state = replay({ history }, profile, noon, noon - DAY).saved!;
    const anomalyScore = (planned: typeof events) => {
      const [seen] = replay({ history, state }, { ...profile, events: planned }, noon, noon).evidence;
      const verdict = verdictOf(seen!, defaultRules);
      return verdict.kind === "not-evaluated" ? Number.NaN : verdict.score.anomalyScore;
    };
    expect(anomalyScore([])).toBeGreaterThan(5);
    expect(anomalyScore(events)).toBeLessThan(0.8 * anomalyScore([]));
  });
});

test.each([
  ["DE", true],
  ["AU-VIC", true],
  ["Germany", true],
  ["Atlantis", false],
  ["AU-XXX", false],
  ["de", true],
  ["au-vic", true],
  ["NZ-CAN-timaru", true],
  ["DE-BY-A-B", false],
  ["DE-BY-Q", false],
  ["AU-VIC-", false],
  ["constructor", false],
  ["DE-constructor", false],
  ["", false],
])("the calendar of %s is supported: %s", (place, is) => {
  expect(canonicalPlace(place) !== undefined).toBe(is);
});

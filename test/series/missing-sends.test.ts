import { describe, expect, test } from "vitest";
import { type CalendarKnown, missingSends } from "../../src/series/missing-sends.ts";
import type { Send } from "../../src/series/sends.ts";
import { DAY, HOUR, type Instant, MINUTE, WEEK } from "../../src/time/time.ts";

/** A Tuesday, 10:00 in New York. */
const ten = Date.UTC(2026, 5, 16, 14);
const ZONE = "America/New_York";
const known: CalendarKnown = { since: ten - 6 * WEEK, lastRead: ten + 20 * MINUTE };

const news = (time: Instant, id = "news"): Send => ({
  id,
  name: "Weekly News",
  kind: "campaign",
  time,
  scope: { workspace: "main" },
});
const weeksBefore = (...weeks: number[]) => weeks.map((back) => news(ten - back * WEEK));
const missing = { id: "news", name: "Weekly News", kind: "campaign", due: ten, weeks: 4 };

describe("a send that did not go out", () => {
  test.each([
    ["is named in its hour", 0, [missing]],
    ["is named three hours later", 3, [missing]],
    ["is not named four hours later", 4, []],
    ["is not named in the hour before", -1, []],
  ])("%s", (_, hours, expected) => {
    expect(missingSends(ten + hours * HOUR, ZONE, weeksBefore(1, 2, 3, 4), known)).toEqual(expected);
  });

  test.each([
    ["goes out", [...weeksBefore(1, 2, 3, 4), news(ten)]],
    ["goes out an hour later", [...weeksBefore(1, 2, 3, 4), news(ten + HOUR)]],
    ["went out the evening before", [...weeksBefore(1, 2, 3, 4), news(ten - 14 * HOUR)]],
    ["went out in two of the last four weeks", weeksBefore(1, 3)],
    ["did not go out last week either", weeksBefore(2, 3, 4)],
    ["went out on other days", weeksBefore(1, 2, 3, 4).map(({ time }, i) => news(time - i * DAY))],
    [
      "is of several campaigns, each of which went out once",
      [1, 2, 3, 4].map((back) => news(ten - back * WEEK, `${back}`)),
    ],
  ])("is none if it %s", (_, sends) => {
    expect(missingSends(ten, ZONE, sends, known)).toEqual([]);
  });

  test("counts the weeks in which it went out, half an hour early or late", () => {
    const sends = [news(ten - WEEK), news(ten - 2 * WEEK + 30 * MINUTE), news(ten - 4 * WEEK - 30 * MINUTE)];
    expect(missingSends(ten, ZONE, sends, known)).toEqual([{ ...missing, weeks: 3 }]);
  });

  test.each([
    ["was never read", undefined],
    ["was first read after it", { since: ten + MINUTE, lastRead: ten + HOUR }],
    ["was last read more than a day before", { since: ten - 9 * WEEK, lastRead: ten - 25 * HOUR }],
  ])("is not named where the calendar %s: unknown is not missing", (_, calendar) => {
    expect(missingSends(ten, ZONE, weeksBefore(1, 2, 3, 4), calendar)).toEqual([]);
  });

  test("goes by the clock of the zone: what goes out at ten is due at ten after clocks have changed", () => {
    // Sunday 8 March 2026: clocks go forward in New York.
    const monday = Date.UTC(2026, 2, 9, 14);
    const sends = [1, 2, 3, 4].map((back) => news(Date.UTC(2026, 2, 9, 15) - back * WEEK));
    const calendar = { since: 0, lastRead: monday };
    expect(missingSends(monday, ZONE, sends, calendar)).toEqual([{ ...missing, due: monday }]);
    expect(missingSends(monday, ZONE, [...sends, news(monday)], calendar)).toEqual([]);
  });
});

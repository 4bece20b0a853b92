import { describe, expect, test } from "vitest";
import { eventRemindersDue } from "../../src/notifications/event-reminder.ts";
import type { PlannedEvent } from "../../src/series/planned-events.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";

const push: PlannedEvent = {
  id: "push@2026-06-18T18:00",
  name: "Push campaign",
  from: noon + 54 * HOUR,
  to: noon + 57 * HOUR,
  scope: {},
  by: "ada",
  at: noon,
};
const ios = anAppWatch({ id: "ios" });
const web = anAppWatch({ id: "web" });
const elsewhere = anAppWatch({ id: "tv", channel: "C0OTHER01" });

describe("the reminder of a planned event", () => {
  test.each([
    ["a day before it begins", push.from - DAY, true],
    ["not earlier", push.from - DAY - 1, false],
    ["while it goes on, where nobody could be told before", push.to - 1, true],
    ["no more when it is over", push.to, false],
  ])("%s", (_, now, isDue) => {
    expect(eventRemindersDue([{ watch: ios, events: [push], zone: "UTC" }], now)).toHaveLength(isDue ? 1 : 0);
  });

  test("is posted once in each channel, with the watches there that it concerns", () => {
    const watched = [
      { watch: ios, events: [push], zone: "UTC" },
      { watch: elsewhere, events: [push], zone: "UTC" },
      { watch: web, events: [push], zone: "UTC" },
      { watch: anAppWatch({ id: "kiosk" }), events: [], zone: "UTC" },
    ];
    expect(
      eventRemindersDue(watched, push.from).map(({ id, watches }) => [id, watches.map((watch) => watch.id)]),
    ).toEqual([
      ["event/push@2026-06-18T18:00/C0ALERTS1", ["ios", "web"]],
      ["event/push@2026-06-18T18:00/C0OTHER01", ["tv"]],
    ]);
  });
});

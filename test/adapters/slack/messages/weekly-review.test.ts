import { expect, test } from "vitest";
import { blockProblems } from "../../../../simulator/slack/block-limits.ts";
import { eventReminderMessage } from "../../../../src/adapters/slack/messages/event-reminder.ts";
import { reviewMessages } from "../../../../src/adapters/slack/messages/weekly-review.ts";
import type { Review, WatchReview } from "../../../../src/reports/weekly-review.ts";
import { HOUR, WEEK } from "../../../../src/time/time.ts";
import { anAppWatch, noon } from "../../../support/builders.ts";
import { expectGoldenMessages } from "../golden.ts";

const none = { real: 0, expected: 0, "false-alarm": 0, "new-normal": 0 };
const aWatchReview = (over: Partial<WatchReview> = {}): WatchReview => ({
  watchId: "ios",
  title: "iOS",
  incidents: 0,
  critical: 0,
  labels: none,
  evaluated: 168,
  notEvaluated: 0,
  messages: [],
  overLimit: 0,
  muted: 0,
  isMuted: false,
  ...over,
});
const noisy = aWatchReview({
  incidents: 6,
  critical: 1,
  labels: { ...none, real: 2, "false-alarm": 3 },
  precision: 0.4,
  detection: 2.2 * HOUR,
  evaluated: 165,
  notEvaluated: 3,
  messages: ["a", "b", "c", "d"],
  overLimit: 2,
  muted: 1,
  isMuted: true,
  lastNotified: [3, 2, 1].map((day) => ({
    openedAt: Date.UTC(2026, 5, 15 + day, 9),
    address: `https://tidewatch-founders.slack.com/archives/C0ALERTS1/p178160760000000${day}?thread_ts=1781607600.000000`,
  })),
  suggestion: {
    present: { sensitivity: "high", alerts: 9, missed: 0 },
    suggested: { sensitivity: "normal", alerts: 4, missed: 0 },
    real: 2,
  },
});
const monday = Date.UTC(2026, 5, 15);
const aReview = (watches: readonly WatchReview[], changes = 0): Review => ({
  period: { from: monday, to: monday + WEEK },
  channel: "C0ALERTS1",
  watches,
  changes,
});
const named = (i: number) => ({ watchId: `w${i}`, title: `${i} ${"& * < ".repeat(40)}` });

test.each<[string, Review]>([
  ["review-quiet", aReview([aWatchReview()])],
  ["review-busy", aReview([noisy, aWatchReview({ watchId: "web", title: "Web" })], 3)],
  [
    "review-of-many",
    aReview(
      Array.from({ length: 120 }, (_, i) => ({ ...noisy, ...named(i) })),
      12,
    ),
  ],
])("%s", async (name, review) => {
  const messages = reviewMessages(review);
  await expectGoldenMessages(`slack/${name}`, {
    "in the channel": messages[0],
    "in the thread": messages[1],
  });
  for (const { blocks } of messages) expect(blockProblems(blocks)).toEqual([]);
  const written = JSON.stringify(messages);
  for (const { title, incidents } of review.watches)
    if (incidents > 0) expect(written).toContain(title.slice(0, 3));
});

test("event-announced", async () => {
  const event = {
    id: "sale@2026-06-18T18:00",
    name: "Sale <!here>",
    from: noon,
    to: noon + 3 * HOUR,
    scope: {},
    by: "ada",
    at: 0,
  };
  const watches = Array.from({ length: 12 }, (_, i) => anAppWatch({ id: `a${i}`, appName: `App ${i}` }));
  const message = eventReminderMessage({ id: "event", channel: "C1", event, zone: "UTC", watches });
  await expectGoldenMessages("slack/event-announced", { "in the channel": message });
});

test.each([
  ["U0ADA0001", "Planned by <@U0ADA0001>"],
  ["ada", "Planned by ada"],
  ["EVENTS", "Planned in the settings"],
])("an event of %s is described as: %s", (by, expected) => {
  const event = { id: "sale", name: "Sale", from: noon, to: noon + HOUR, scope: {}, by, at: 0 };
  const { blocks } = eventReminderMessage({
    id: "event",
    channel: "C1",
    event,
    zone: "UTC",
    watches: [anAppWatch()],
  });
  expect(JSON.stringify(blocks.at(-1))).toContain(`"${expected}"`);
});

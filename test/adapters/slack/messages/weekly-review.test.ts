import { expect, test } from "vitest";
import { blockProblems } from "../../../../simulator/slack/block-limits.ts";
import { eventReminderMessage } from "../../../../src/adapters/slack/messages/event-reminder.ts";
import { reviewMessages } from "../../../../src/adapters/slack/messages/weekly-review.ts";
import type { Incident } from "../../../../src/incidents/incident.ts";
import type { WeekTotal } from "../../../../src/reports/totals.ts";
import type { Review, ReviewedIncident, WatchReview } from "../../../../src/reports/weekly-review.ts";
import { HOUR, WEEK } from "../../../../src/time/time.ts";
import { anAppWatch, anIncident, noon } from "../../../support/builders.ts";
import { expectGoldenMessages } from "../golden.ts";

const weekOf = (observed: number, expected: number): WeekTotal => ({
  value: observed,
  amount: observed,
  known: 168,
  due: 168,
  against: { observed, expected },
});
const none = { real: 0, expected: 0, "false-alarm": 0, "new-normal": 0 };
const aWatchReview = (over: Partial<WatchReview> = {}): WatchReview => ({
  watchId: "ios",
  title: "iOS",
  series: anAppWatch().series,
  total: weekOf(341_977, 356_200),
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
const declining = aWatchReview({
  watchId: "web",
  title: "Web",
  series: { ...anAppWatch().series, app: "web" },
  total: weekOf(860_000, 874_000),
  drift: { direction: "drop", weeks: 5, from: 1_000_000, to: 860_000 },
});
const revenue = aWatchReview({
  watchId: "revenue",
  title: "Revenue",
  series: { ...anAppWatch().series, metric: "revenue" },
  total: { ...weekOf(12_400.5, 9_300), known: 160 },
});
const noisy = aWatchReview({
  incidents: 6,
  critical: 1,
  labels: { ...none, real: 2, "false-alarm": 3 },
  detection: 2.2 * HOUR,
  evaluated: 165,
  notEvaluated: 3,
  messages: ["a", "b", "c", "d"],
  overLimit: 2,
  muted: 1,
  isMuted: true,
  suggestion: {
    present: { sensitivity: "high", alerts: 9, missed: 0 },
    suggested: { sensitivity: "normal", alerts: 4, missed: 0 },
    real: 2,
  },
});
const monday = Date.UTC(2026, 5, 15);
const aReview = (
  watches: readonly WatchReview[],
  changes = 0,
  incidents: readonly ReviewedIncident[] = [],
): Review => ({
  biggest: incidents,
  unlabelled: incidents.slice(2),
  period: { from: monday, to: monday + WEEK },
  channel: "C0ALERTS1",
  watches,
  changes,
});
const anIncidentOf = (title: string, day: number, over: Partial<Incident> = {}): ReviewedIncident => ({
  watch: anAppWatch({ appName: title }),
  incident: anIncident({
    id: `app-${day}.drop@2026-06-1${day}T09`,
    openedAt: Date.UTC(2026, 5, 15 + day, 9),
    lastAnomalousBucket: Date.UTC(2026, 5, 16 + day, 14),
    balance: -76_030,
    expected: 190_000,
    lastNotified: { severity: "critical", resolved: true, bucket: 0, at: 0, channel: "C0ALERTS1", ts: "1.1" },
    ...over,
  }),
  address: `https://tidewatch-founders.slack.com/archives/C0ALERTS1/p178160760000000${day}?thread_ts=1781607600.000000`,
});
const named = (i: number) => ({ watchId: `w${i}`, title: `${i} ${"& * < ".repeat(40)}` });

test.each<[string, Review]>([
  ["review-quiet", aReview([aWatchReview()])],
  [
    "review-busy",
    aReview([noisy, declining, revenue], 3, [
      anIncidentOf("iOS", 1),
      anIncidentOf("<!here>", 3, { labelled: { label: "real", by: "ada", at: 0 } }),
    ]),
  ],
  [
    "review-of-many",
    aReview(
      Array.from({ length: 120 }, (_, i) => ({ ...noisy, ...named(i) })),
      12,
      [1, 2, 3].map((day) => anIncidentOf("& * < ".repeat(40), day)),
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

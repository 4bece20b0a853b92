import { describe, expect, test } from "vitest";
import { slackRenderer } from "../../../../src/adapters/slack/messages/render.ts";
import type { Incident, LastNotified } from "../../../../src/incidents/incident.ts";
import type { Label, Labelling } from "../../../../src/incidents/label.ts";
import type { AlertContext } from "../../../../src/notifications/context.ts";
import type { NotificationReason } from "../../../../src/notifications/decide.ts";
import type { SuppressionReason } from "../../../../src/notifications/suppression.ts";
import type { Watch } from "../../../../src/settings/watch.ts";
import { DAY, HOUR } from "../../../../src/time/time.ts";
import { aNotification, aScore, aWatch, noon, someCircumstances } from "../../../support/builders.ts";
import { expectGoldenMessages } from "../golden.ts";

const { root, replies } = slackRenderer("UTC").alerts;

const outage = aScore({ observed: 12, anomalyScore: -31.4 });
const calm = aScore({ observed: 1_250, anomalyScore: 0.1, hasRecovered: true });
const towardsExpected = { balance: 10, expected: 1_240, evidence: 1, power: 1 };
const worsened: Partial<Incident> = {
  severity: "critical",
  lastAnomalousBucket: noon + 2 * HOUR,
  lastBucket: noon + 2 * HOUR,
  latest: outage,
  worst: outage,
  balance: -3_061,
};
const over: Partial<Incident> = {
  ...worsened,
  lastBucket: noon + 4 * HOUR,
  resolvedAt: noon + 4 * HOUR,
  latest: calm,
};
const peak = aScore({ observed: 15_812, anomalyScore: 14 });
const spike: Partial<Incident> = {
  id: "ios-us.spike@2026-06-16T12",
  direction: "spike",
  latest: peak,
  worst: peak,
  balance: 14_572,
};
const kept = (because: SuppressionReason) => ({ because, at: noon + 2 * HOUR });
const accepted: Partial<Incident> = {
  ...worsened,
  resolvedAt: noon + 2 * HOUR,
  expected: 3_720,
  balance: -1_800,
};
const label = (of: Label, by = "ada <!here>"): Labelling => ({ label: of, by, at: noon + 3 * HOUR });
const lastNotified: LastNotified = {
  severity: "warning",
  resolved: false,
  bucket: noon,
  at: noon + HOUR,
  channel: "C0ALERTS1",
  ts: "1.000001",
};

const gone: Partial<Incident> = { ...worsened, resolvedAt: noon + 2 * HOUR, lastNotified };
const left = { at: noon + 2.5 * HOUR, watch: aWatch() };

const byDay: Partial<Watch> = { series: { workspace: "main", app: "ios", unit: "day" } };
const dayId = "ios-us.drop@2026-06-16";
const tuesday = Date.UTC(2026, 5, 16);

const owned: Partial<Watch> = { owner: "S0ONCALL1", runbook: "https://wiki.test/ios?a=1&b=<2>|3" };
const others = (...names: string[]) =>
  names.map((appName) => aWatch({ id: appName, appName, segmentName: undefined as never }));
const known = someCircumstances({
  relatedSeries: { watched: 3, alike: [aWatch({ segmentName: "New users" })] },
  otherApps: { watched: 2, alike: [] },
  changes: [
    {
      id: "5.2",
      name: "iOS *5.2* <released>",
      time: noon - HOUR,
      scope: {},
      link: "https://github.test/releases/5.2",
      by: "A webhook",
      at: noon,
    },
  ],
  planned: ["Black *Friday*"],
  day: "holiday",
});

describe("each state of an incident", () => {
  test.each<[string, NotificationReason, Partial<Incident>, Partial<Watch>, AlertContext?]>([
    ["drop-opened", "opened", {}, {}],
    ["drop-worsened", "worsened", worsened, {}],
    [
      "drop-updated",
      "updated",
      { ...worsened, lastAnomalousBucket: noon + HOUR, lastBucket: noon + HOUR },
      {},
    ],
    [
      "drop-easing",
      "updated",
      { ...worsened, lastBucket: noon + 3 * HOUR, latest: calm, recovery: towardsExpected },
      {},
    ],
    ["drop-resolved", "resolved", over, {}],
    ["drop-missed", "missed", over, {}],
    ["drop-missed-in-quiet-hours", "missed", { ...over, suppressed: kept("quiet-hours") }, {}],
    ["drop-missed-after-a-mute", "missed", { ...over, suppressed: kept("muted") }, {}],
    ["drop-opened-after-a-mute", "opened", { suppressed: kept("muted") }, {}],
    ["drop-opened-after-quiet-hours", "opened", { suppressed: kept("quiet-hours") }, {}],
    ["drop-unmuted", "unmuted", { lastNotified, suppressed: kept("muted") }, {}],
    [
      "drop-settled",
      "resolved",
      { ...accepted, accepted: { by: "Tidewatch", at: noon, bucket: noon + 2 * HOUR } },
      {},
    ],
    [
      "drop-settled-by-a-person",
      "resolved",
      {
        ...accepted,
        accepted: { by: "U0ADA0001", at: noon + 3 * HOUR, bucket: noon + 2 * HOUR },
        labelled: label("new-normal", "U0ADA0001"),
      },
      {},
    ],
    ["drop-labelled-real", "labelled", { ...over, lastNotified, labelled: label("real") }, {}],
    [
      "drop-labelled-expected",
      "labelled",
      { ...worsened, lastNotified, labelled: label("expected", "U0ADA0001") },
      {},
    ],
    ["drop-labelled-false-alarm", "labelled", { lastNotified, labelled: label("false-alarm") }, {}],
    [
      "drop-labelled-false-alarm-again",
      "labelled",
      { lastNotified, labelled: label("false-alarm") },
      { thresholdAdjustment: 1.1 },
    ],
    [
      "drop-label-taken-back",
      "labelled",
      { ...over, lastNotified: { ...lastNotified, labelled: label("real") } },
      {},
    ],
    ["drop-reminder", "reminder", { ...worsened, lastNotified }, {}],
    ["drop-last-reminder", "last-reminder", { ...worsened, lastNotified }, {}],
    [
      "drop-acknowledged",
      "updated",
      { ...worsened, lastNotified, acknowledged: { by: "ada <!here>", at: noon + 1.5 * HOUR + 7 } },
      {},
    ],
    [
      "drop-over-three-hours-together",
      "opened",
      { worst: aScore({ window: 3 }), latest: aScore({ window: 3 }) },
      {},
    ],
    ["drop-opened-critical-with-an-owner", "opened", worsened, owned, known],
    ["drop-worsened-with-an-owner", "worsened", worsened, owned, known],
    ["drop-opened-with-an-owner", "opened", {}, owned, known],
    [
      "drop-everything-known",
      "opened",
      {},
      {},
      someCircumstances({
        relatedSeries: { watched: 1, alike: [] },
        otherApps: { watched: 5, alike: others("Android", "Web", "TV", "Watch") },
        unreadableSince: noon + HOUR + 7,
        day: "bridge",
        weeks: 1,
      }),
    ],
    [
      "drop-acknowledged-and-labelled",
      "updated",
      {
        lastNotified,
        acknowledged: { by: "U0ADA0001", at: noon + 1.5 * HOUR },
        labelled: { label: "real", by: "U0BOB0001", at: noon + 2 * HOUR },
      },
      {},
    ],
    ["drop-retracted", "retracted", { ...over, lastNotified, retracted: noon + 5 * HOUR }, {}],
    ["drop-no-longer-watched", "updated", { ...gone, unwatched: { ...left, by: "U0ADA0001" } }, {}],
    [
      "drop-moved-to-another-channel",
      "updated",
      { ...gone, unwatched: { ...left, movedTo: "C0ALERTS2" } },
      {},
    ],
    ["drop-without-its-workspace", "updated", { ...gone, unwatched: { ...left, isUnconfigured: true } }, {}],
    ["drop-over-twelve-hours-together", "opened", { worst: aScore({ window: 12, observed: 1_080 }) }, {}],
    ["spike-opened", "opened", spike, { segmentName: undefined as never }],
    ["spike-resolved", "resolved", { ...spike, resolvedAt: noon + 2 * HOUR, latest: calm }, {}],
    [
      "nothing-expected",
      "opened",
      {
        ...spike,
        latest: aScore({
          observed: 40,
          expected: 0,
          low: 0,
          high: 0,
          anomalyScore: Number.POSITIVE_INFINITY,
        }),
      },
      {},
    ],
    [
      "day-opened",
      "opened",
      { id: dayId, openedAt: tuesday, lastAnomalousBucket: tuesday, lastBucket: tuesday },
      byDay,
    ],
    [
      "day-resolved",
      "resolved",
      {
        ...over,
        id: dayId,
        openedAt: tuesday,
        lastAnomalousBucket: tuesday + DAY,
        lastBucket: tuesday + 3 * DAY,
        resolvedAt: tuesday + 3 * DAY,
      },
      byDay,
    ],
    [
      "names-with-marks",
      "opened",
      {},
      { appName: "R&D *beta* <!channel>", segmentName: "`_~new~_` <script>" },
    ],
    ["names-right-to-left", "opened", {}, { appName: "تطبيق", segmentName: "משתמשים חדשים" }],
    [
      "names-of-255-characters",
      "worsened",
      worsened,
      { appName: "a".repeat(255), segmentName: "👩‍👩‍👧‍👦".repeat(36) },
    ],
  ])("%s", async (name, reason, incident, watch, alertContext) => {
    const notification = aNotification(reason, incident, watch, alertContext);
    await expectGoldenMessages(`slack/${name}`, {
      "in the channel": root(notification),
      "in the thread": replies(notification)[0],
    });
  });
});

test("the thread contains only what changed", () => {
  const replyFor = (reason: NotificationReason, incident: Partial<Incident>) =>
    replies(aNotification(reason, incident))[0];
  expect(replyFor("opened", {})).toBeUndefined();
  expect(replyFor("updated", worsened)).toBeUndefined();
  expect(replyFor("missed", over)).toBeUndefined();
  expect(replyFor("worsened", worsened)?.text).toBe(
    "🔴 Critical, escalated: iOS · US down 99% – 12 vs 1,105–1,382 expected sessions (Tue 2–3 PM UTC, since 12 PM)",
  );
  expect(replyFor("resolved", over)?.text).toBe(
    "✅ Resolved: iOS · US back to normal – 1,250 vs 1,105–1,382 expected sessions. Down for 3 hours from Tue 16 Jun 12 PM UTC, 99% at worst",
  );
});

test("a day is the same calendar date for every reader", () => {
  const incident = { openedAt: tuesday, lastAnomalousBucket: tuesday, lastBucket: tuesday };
  const message = JSON.stringify(root(aNotification("opened", incident, byDay)));
  expect(message).toContain("Tue 16 Jun");
  expect(message).not.toMatch(/!date|UTC/);
});

test("an hour that is still far from expected is not called easing, even when the detector saw nothing new", () => {
  const still = { ...worsened, lastBucket: noon + 3 * HOUR, latest: aScore({ observed: 610 }) };
  expect(root(aNotification("updated", still)).text).toMatch(/^🔴 Critical: iOS · US down 51%/);
});

test("only a critical incident mentions the owner: when it opens as critical and when it becomes critical", () => {
  const calls = (message: unknown) => JSON.stringify(message).includes("<!subteam^S0ONCALL1>");
  expect(calls(root(aNotification("opened", worsened, owned)))).toBe(true);
  expect(calls(replies(aNotification("worsened", worsened, owned)))).toBe(true);
  expect(calls(root(aNotification("opened", {}, owned)))).toBe(false);
  expect(
    calls([root(aNotification("resolved", over, owned)), replies(aNotification("resolved", over, owned))]),
  ).toBe(false);
});

test("buttons that no longer apply are not shown", () => {
  const offered = (reason: NotificationReason, incident: Partial<Incident>) =>
    JSON.stringify(root(aNotification(reason, incident)))
      .match(/incident\.[a-z]+/g)
      ?.map((action) => action.slice("incident.".length));
  expect(offered("opened", {})).toEqual(["acknowledge", "mute", "label", "why", "moved", "more"]);
  expect(offered("updated", { acknowledged: { by: "ada", at: noon } })).toContain("unacknowledge");
  expect(offered("resolved", over)).toEqual(["label", "why"]);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { blockProblems } from "../../../simulator/slack/block-limits.ts";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import type { Score } from "../../../src/detector/verdict/verdict.ts";
import type { LastNotified } from "../../../src/incidents/incident.ts";
import type { NotificationReason } from "../../../src/notifications/decide.ts";
import type { Notification } from "../../../src/notifications/notification.ts";
import type { Message } from "../../../src/pipeline/ports/messages.ts";
import { stepOf, type Unit } from "../../../src/time/time.ts";
import { aGroupNotification, aMember, aNotification, aWatch, noon } from "../../support/builders.ts";

const LOCK_SCREEN = 150;

/** How each kind of message begins: its color, then its severity or its state. */
const SEVERITY_FIRST =
  /^(🔴 Critical|🟠 Warning|🟢 Recovering|✅ (Resolved|Already resolved)|➡️ New normal|☑️ No (drop|spike) after all|⏹️)/u;

const sessions = fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e15, noNaN: true }), fc.constant(0));
const anything = fc.oneof(sessions, fc.double());
const name = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 255 }),
  fc.string({ unit: "binary", maxLength: 255 }),
  fc.constantFrom(
    "&".repeat(255),
    "a".repeat(80),
    ":00:".repeat(20),
    "<!channel>",
    "*_~`".repeat(60),
    "שלום ".repeat(50),
    "👩‍👩‍👧‍👦".repeat(60),
    "",
    "\u202e\n\n",
  ),
);
const range = fc.record({ low: anything, high: anything }, { requiredKeys: ["low"] });
const counts = fc
  .tuple(fc.record({ observed: sessions, expected: anything }), range)
  .map(([seen, within]) => ({ ...seen, ...within }));
const score: fc.Arbitrary<Score> = fc
  .tuple(
    counts,
    fc.record(
      {
        anomalyScore: fc.double(),
        window: fc.constantFrom(1, 3, 12),
        alone: fc.record({ low: anything, high: anything }),
        hasRecovered: fc.boolean(),
        together: counts.map((each) => ({ ...each, buckets: 3 })),
      },
      { requiredKeys: ["anomalyScore", "window", "alone", "hasRecovered"] },
    ),
  )
  .map(([seen, evaluated]) => ({ ...seen, ...evaluated }));
const steps = fc.nat({ max: 5_000 });

const lastNotified: LastNotified = {
  severity: "warning",
  resolved: false,
  bucket: noon,
  at: noon,
  channel: "C0ALERTS1",
  ts: "1.000001",
};

const news = fc
  .record({
    reason: fc.constantFrom<NotificationReason>(
      "opened",
      "joined",
      "worsened",
      "reopened",
      "unmuted",
      "reminder",
      "last-reminder",
      "updated",
      "resolved",
      "retracted",
      "missed",
    ),
    unit: fc.constantFrom<Unit>("hour", "day"),
    direction: fc.constantFrom("drop" as const, "spike" as const),
    severity: fc.constantFrom("warning" as const, "critical" as const),
    latest: score,
    worst: score,
    balance: anything,
    lasted: steps,
    calm: steps,
    isOver: fc.boolean(),
    isAccepted: fc.boolean(),
    isKnown: fc.boolean(),
    appName: name,
    segmentName: name,
    by: fc.oneof(name, fc.constant("U0ADA0001")),
    owner: fc.constantFrom("U0ADA0001", "S0ONCALL1", undefined),
    runbook: fc.oneof(
      fc.constant(undefined),
      fc
        .webUrl({ withQueryParameters: true, withFragments: true })
        .map((url) => url.replace(/^http:/, "https:")),
      fc.constant(`https://wiki.test/${"<|&*_>".repeat(160)}`),
    ),
    id: fc.stringMatching(/^[a-z0-9-]{1,40}$/),
  })
  .map(
    ({
      reason,
      unit,
      lasted,
      calm,
      isOver,
      isAccepted,
      isKnown,
      appName,
      segmentName,
      by,
      owner,
      runbook,
      id,
      ...incident
    }) => {
      const lastAnomalousBucket = noon + lasted * stepOf(unit);
      const lastBucket = lastAnomalousBucket + calm * stepOf(unit);
      const resolved =
        isOver || reason === "resolved" || reason === "missed" ? { resolvedAt: lastBucket } : {};
      return {
        reason,
        member: aMember(
          {
            ...incident,
            lastAnomalousBucket,
            lastBucket,
            ...resolved,
            ...(isAccepted && isOver && { accepted: { by, at: lastBucket, bucket: lastBucket } }),
            ...(reason === "retracted" && { retracted: lastBucket, resolvedAt: lastBucket }),
            ...((isKnown || reason === "retracted") && { lastNotified: { ...lastNotified, bucket: noon } }),
            id: `${id}.drop@2026-06-16T12`,
            acknowledged: { by, at: noon },
            labelled: { label: "false-alarm", by, at: noon },
          },
          {
            id,
            appName,
            segmentName,
            series: { workspace: "main", app: "ios", unit },
            ...(owner && { owner }),
            ...(runbook && { runbook }),
          },
        ),
      };
    },
  );

const zone = fc.constantFrom("UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu");

const alike = fc.record({
  watched: fc.nat({ max: 50 }),
  alike: fc.array(
    name.map((appName) => aWatch({ appName, segmentName: appName })),
    { maxLength: 50, size: "+1" },
  ),
});
const change = fc.record(
  {
    id: fc.string(),
    name,
    time: fc.nat(),
    scope: fc.constant({}),
    link: fc.constant("https://github.test/releases/5.2"),
    by: fc.string(),
    at: fc.nat(),
  },
  { requiredKeys: ["id", "name", "time", "scope", "by", "at"] },
);
const send = fc.record({
  id: name,
  name,
  kind: fc.constantFrom("campaign" as const, "canvas" as const),
  time: fc.nat(),
  scope: fc.constant({ workspace: "main" }),
});
const alertContext = fc.record(
  {
    relatedSeries: alike,
    otherApps: alike,
    changes: fc.array(change, { maxLength: 30 }),
    sends: fc.array(send, { maxLength: 30 }),
    planned: fc.array(name, { maxLength: 30 }),
    parts: fc.constant([]),
    day: fc.constantFrom("ordinary" as const, "holiday" as const, "eve" as const, "bridge" as const),
    weeks: fc.nat({ max: 8 }),
    unreadableSince: fc.nat(),
  },
  { requiredKeys: ["relatedSeries", "otherApps", "changes", "sends", "planned", "parts", "day", "weeks"] },
);

const one = fc
  .tuple(news, fc.option(alertContext, { nil: undefined }))
  .map(
    ([{ reason, member }, known]): Notification =>
      aNotification(reason, member.incident, member.watch, known),
  );

const several = fc
  .tuple(fc.array(news, { minLength: 2, maxLength: 500, size: "+1" }), fc.nat({ max: 20 }))
  .map(([all, apps]) =>
    aGroupNotification(
      all[0]!.reason,
      all.map(({ member }) => member),
      apps,
    ),
  );

test("every possible notification with any names gives a message that Slack accepts and a person can read", () => {
  const { root, replies } = slackRenderer("UTC").alerts;
  const isReadable = (of: Notification, zone: string) => {
    const notification = { ...of, zone };
    for (const message of [root(notification), ...replies(notification)]) {
      expectReadable(message);
      if (zone !== "UTC") expect(message.text).not.toMatch(/\bUTC\b/);
    }
  };
  fc.assert(fc.property(one, zone, isReadable), { numRuns: 1_000 });
  // To make 500 of them fewer, one by one, would take longer than to read the first that failed.
  fc.assert(fc.property(several, zone, isReadable), { numRuns: 200, endOnFailure: true });
});

function expectReadable({ text, blocks }: Message): void {
  expect(blockProblems(blocks)).toEqual([]);
  expect(text.length).toBeLessThanOrEqual(LOCK_SCREEN);
  expect(text).toMatch(SEVERITY_FIRST);
  // Slack draws what stands between colons as an emoji.
  expect(text).not.toMatch(/:[\w+'-]+:/);
  for (const shown of [text, ...textsIn(blocks)]) {
    const withoutOurs = shown
      .replace(/<!date\^\d+\^[^|<>]+\|[^<>]+>/g, "")
      .replace(/<(@U0ADA0001|!subteam\^S0ONCALL1|https:[^|<>]+\|(?:Runbook|details))>/g, "");
    // Every < opened a date, a mention or a link of ours, and every & begins an escape.
    expect(withoutOurs).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    // An address may hold anything.
    expect(shown.replace(/<https:[^|<>]+\|/g, "")).not.toMatch(/\bNaN\b|\bInfinity\b|[−-]0%|−0\b/);
    // A name's own marks are held fast, so that they format nothing.
    expect(withoutOurs.replace(/\u2060[*_~`]\u2060/g, "")).not.toMatch(/[_~`]/);
  }
}

const textsIn = (value: unknown): string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, item]) =>
        key === "text" && typeof item === "string" ? [item] : textsIn(item),
      );

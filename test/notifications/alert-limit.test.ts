import { describe, expect, test } from "vitest";
import type { Member } from "../../src/incidents/alert-group.ts";
import { type CountedMessage, type LimitUsage, tryAcquire } from "../../src/notifications/alert-limit.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { aMember, noon } from "../support/builders.ts";

const alertLimits = {
  watch: [{ messages: 2, within: DAY }],
  channel: [
    { messages: 3, within: HOUR },
    { messages: 5, within: DAY },
  ],
};
const CHANNEL = "C0ALERTS1";
const alertGroup = { id: "the-cause" };

/** A message that this watch brought so many hours before noon. */
const brought = (watch: string, hoursAgo: number, alertGroupId = `${watch}-${hoursAgo}`): CountedMessage => ({
  alertGroupId,
  watches: [watch],
  at: noon - hoursAgo * HOUR,
});
const of = (watch: string, severity: "warning" | "critical" = "warning"): Member =>
  aMember({ severity }, { id: watch });
const over = (watch: string): Member => aMember({ severity: "critical", resolvedAt: noon }, { id: watch });

const ios = of("ios");
const tired = [brought("ios", 20), brought("ios", 2)];
const storm = [brought("a", 0.1), brought("b", 0.2), brought("c", 0.3)];
const bad = [2, 3, 4, 5, 6].map((hours) => brought(`w${hours}`, hours));

describe("the alert limit for a new message", () => {
  test.each<[string, CountedMessage[], Member[], string]>([
    ["there is while nothing was said", [], [ios], "message"],
    ["there is up to the watch's limit", [brought("ios", 2)], [ios], "message"],
    ["there is none beyond it", tired, [ios], "2 a watch"],
    [
      "there is again when the oldest is a day old",
      [brought("ios", 24), brought("ios", 2)],
      [ios],
      "message",
    ],
    ["is not taken by other watches", [brought("web", 2), brought("web", 3)], [ios], "message"],
    ["there is for what is critical, whatever its watch has said", tired, [of("ios", "critical")], "message"],
    ["there is not for what was critical and is over", tired, [over("ios")], "2 a watch"],
    ["there is when only one of several watches has said too much", tired, [ios, of("web")], "message"],
    [
      "there is none when all of them have",
      [...tired, brought("web", 1), brought("web", 3)],
      [ios, of("web")],
      "2 a watch",
    ],
    ["there is none beyond what the channel takes in an hour", storm, [ios], "3 a channel"],
    ["there is none beyond what it takes in a day", bad, [ios], "5 a channel"],
    ["there is none there for what is critical either", bad, [of("ios", "critical")], "5 a channel"],
    [
      "there is for what was let through before, since a crash may have come between",
      [...bad, brought("ios", 1, alertGroup.id)],
      [ios],
      "message",
    ],
  ])("%s", (_, counted, members, expected) => {
    const admission = tryAcquire(aSpending(counted), alertGroup, members, alertLimits, noon);
    expect(
      admission.to === "message" ? "message" : `${admission.reached.messages} a ${admission.reached.of}`,
    ).toBe(expected);
  });
});

const aSpending = (counted: readonly CountedMessage[], over: Partial<LimitUsage> = {}): LimitUsage => ({
  id: CHANNEL,
  counted,
  version: 1,
  ...over,
});

test("counts an allowed message for all its watches, and forgets what no limit counts", () => {
  const { usage } = tryAcquire(
    aSpending([brought("ios", 25), brought("ios", 2)]),
    alertGroup,
    [ios, of("web")],
    alertLimits,
    noon,
  );
  expect(usage.counted).toEqual([
    brought("ios", 2),
    { alertGroupId: alertGroup.id, watches: ["ios", "web"], at: noon },
  ]);
});

test("puts an alert beyond it into the current overflow summary, and after a day into another", () => {
  const overflowOf = (usage: LimitUsage, hours: number) => {
    const now = noon + hours * HOUR;
    const full = bad.map((one) => ({ ...one, at: now - 2 * HOUR }));
    const admission = tryAcquire({ ...usage, counted: full }, alertGroup, [ios], alertLimits, now);
    return admission.to === "overflow" ? admission : undefined;
  };
  const first = overflowOf(aSpending([]), 0)!;
  expect(first.overflowId).toBe("C0ALERTS1.overflow@2026-06-16T12:00");
  const second = overflowOf(first.usage, 23.9)!;
  expect(second.overflowId).toBe(first.overflowId);
  expect(overflowOf(second.usage, 24)?.overflowId).toBe("C0ALERTS1.overflow@2026-06-17T12:00");
});

test("always allows a message when no limit is set", () => {
  const admission = tryAcquire(aSpending(bad), alertGroup, [ios], { watch: [], channel: [] }, noon);
  expect(admission.to).toBe("message");
});

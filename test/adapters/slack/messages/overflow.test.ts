import { expect, test } from "vitest";
import { blockProblems } from "../../../../simulator/slack/block-limits.ts";
import { slackRenderer } from "../../../../src/adapters/slack/messages/render.ts";
import type { Incident } from "../../../../src/incidents/incident.ts";
import type { Reached } from "../../../../src/notifications/alert-limit.ts";
import type { OverflowMember, OverflowNotification } from "../../../../src/notifications/overflow.ts";
import type { Watch } from "../../../../src/settings/watch.ts";
import { DAY, HOUR, MINUTE } from "../../../../src/time/time.ts";
import { aMember, aScore, noon } from "../../../support/builders.ts";
import { expectGoldenMessages } from "../golden.ts";

const { root, replies } = slackRenderer("UTC").overflow;

const tenADay: Reached = { of: "channel", messages: 10, within: DAY };
const threeADay: Reached = { of: "watch", messages: 3, within: DAY };

const anEntry = (
  incident: Partial<Incident> = {},
  watch: Partial<Watch> = {},
  isApart = false,
): OverflowMember => ({
  ...aMember(incident, watch),
  isApart,
});
const aOverflow = (
  members: readonly OverflowMember[],
  over: Partial<OverflowNotification> = {},
): OverflowNotification => ({
  overflow: { id: "C0ALERTS1.overflow@2026-06-16T14:05", since: noon + 125 * MINUTE },
  zone: "UTC",
  reached: [tenADay],
  members,
  added: members,
  ...over,
});
const over = { resolvedAt: noon + 3 * HOUR };
const spike = { direction: "spike", worst: aScore({ observed: 4_000, anomalyScore: 9 }) } as const;
const longest = { appName: "&".repeat(255), segmentName: "👩‍👩‍👧‍👦".repeat(36) };
const many = Array.from({ length: 500 }, (_, i) => anEntry({}, { appName: `App ${i}` }));

test.each<[string, OverflowNotification]>([
  ["overflow-summary-first", aOverflow([anEntry()])],
  [
    "overflow-summary-grown",
    aOverflow(
      [
        anEntry(over),
        anEntry(spike, { appName: "Web" }),
        anEntry({ severity: "critical" }, { appName: "TV" }, true),
      ],
      { reached: [tenADay, threeADay], added: [anEntry(spike, { appName: "Web" })] },
    ),
  ],
  ["overflow-summary-over", aOverflow([anEntry(over), anEntry(over)], { reached: [threeADay], added: [] })],
  ["overflow-summary-of-longest-names", aOverflow(Array.from({ length: 12 }, () => anEntry(spike, longest)))],
])("%s", async (name, notification) => {
  const thread = replies(notification).map((reply, i) => [`in the thread, ${i + 1}`, reply] as const);
  await expectGoldenMessages(`slack/${name}`, {
    "in the channel": root(notification),
    ...Object.fromEntries(thread),
  });
});

test("the thread lists every incident of a storm within Slack's limits", () => {
  const messages = replies(aOverflow(many));
  for (const { blocks } of messages) expect(blockProblems(blocks)).toEqual([]);
  const written = JSON.stringify(messages);
  for (const { watch } of many) expect(written).toContain(`${watch.appName} · US down 51%`);
  expect(messages.length).toBeLessThanOrEqual(10);
});

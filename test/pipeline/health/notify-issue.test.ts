import { expect, test } from "vitest";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import { type HealthIssue, isForgettable } from "../../../src/health/health-issue.ts";
import type { Context } from "../../../src/pipeline/context.ts";
import { notifyIssue } from "../../../src/pipeline/health/notify-issue.ts";
import type { Messenger } from "../../../src/pipeline/ports/messages.ts";
import { MINUTE } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";

const OPS = "C0OPS0001";

/** A Slack that notes what it is asked, and from which messages can be deleted. */
function openSlack() {
  const asked: string[] = [];
  const there = new Set<string>();
  const messenger: Messenger = {
    async post(channel, _, { messageId, thread }) {
      const ts = String(there.size + 1);
      there.add(ts);
      asked.push(`post ${messageId}${thread ? ` in ${thread}` : ""}`);
      return { channel, ts };
    },
    async update({ ts }) {
      asked.push(`edit ${ts}`);
      return there.has(ts);
    },
    find: async () => undefined,
  };
  const context: Context = {
    ...aContext(),
    ops: { channel: OPS, dailyStatusAt: 0, zone: "UTC" },
    renderer: slackRenderer("UTC"),
    messenger,
    whenUnsure: "twice",
    wallClock: () => noon,
  };
  return { asked, there, context };
}

/** Posts a health issue that is stored as it is given. */
async function notifyStored(healthIssue: HealthIssue, now: number, context: Context): Promise<HealthIssue> {
  await context.healthIssues.update(healthIssue.id, () => healthIssue);
  return (await notifyIssue(healthIssue, now, context))!;
}

const aLateSeries = (over: Partial<HealthIssue> = {}): HealthIssue => ({
  id: "late.ios",
  kind: "late",
  what: ["iOS"],
  detail: "late",
  advice: "Wait.",
  since: noon,
  grace: 0,
  firstSeen: noon,
  lastSeen: noon,
  ...over,
});

test("a health issue is posted once, edited when its reason changes, and resolved by an edit and a reply", async () => {
  const { asked, context } = openSlack();
  const opened = await notifyStored(aLateSeries(), noon, context);
  const same = await notifyStored(opened, noon, context);
  const changed = await notifyStored({ ...same, detail: "very late" }, noon + 10 * MINUTE, context);
  const over = await notifyStored({ ...changed, overAt: noon + 20 * MINUTE }, noon + 30 * MINUTE, context);
  await notifyStored(over, noon + 40 * MINUTE, context);
  expect(asked).toEqual([
    "post ops/late.ios@2026-06-16T12:00",
    "edit 1",
    "edit 1",
    "post ops/late.ios@2026-06-16T12:00/over in 1",
  ]);
});

test("a health issue is not posted again after a crash before it was recorded", async () => {
  const { asked, context } = openSlack();
  await notifyStored(aLateSeries(), noon, context);
  await notifyStored(aLateSeries(), noon, context);
  expect(asked).toEqual(["post ops/late.ios@2026-06-16T12:00"]);
});

test("a deleted health issue is posted again when something changes", async () => {
  const { asked, there, context } = openSlack();
  const opened = await notifyStored(aLateSeries(), noon, context);
  there.clear();
  await notifyStored({ ...opened, detail: "very late" }, noon + 10 * MINUTE, context);
  expect(asked.slice(1)).toEqual(["edit 1", "post ops/late.ios@2026-06-16T12:00/again-1"]);
});

test("the end of a deleted health issue is not posted", async () => {
  const { asked, there, context } = openSlack();
  const opened = await notifyStored(aLateSeries(), noon, context);
  there.clear();
  await notifyStored({ ...opened, overAt: noon }, noon + 10 * MINUTE, context);
  expect(asked.slice(1)).toEqual(["edit 1"]);
});

test.each([
  ["that Slack is gone", aLateSeries({ id: "slack", kind: "slack" })],
  ["that this very channel is gone", aLateSeries({ id: `channel.${OPS}`, kind: "channel" })],
])("%s is not posted in the ops channel", async (_, healthIssue) => {
  const { asked, context } = openSlack();
  await notifyStored(healthIssue, noon, context);
  expect(asked).toEqual([]);
});

test("an issue from a former ops channel is posted in the new one, and so is its end", async () => {
  const { asked, context } = openSlack();
  const lastNotified = await notifyStored(aLateSeries(), noon, context);
  const moved = { ...context, ops: { ...context.ops, channel: "C0OPS0002" } };
  const again = await notifyStored(lastNotified, noon, moved);
  expect(again.lastNotified?.channel).toBe("C0OPS0002");
  const ended = await notifyStored({ ...again, overAt: noon + MINUTE }, noon + 9 * MINUTE, moved);
  expect(ended.lastNotified?.isOver).toBe(true);
  expect(asked).toEqual([
    "post ops/late.ios@2026-06-16T12:00",
    "post ops/late.ios@2026-06-16T12:00/C0OPS0002",
    "edit 2",
    "post ops/late.ios@2026-06-16T12:00/over in 2",
  ]);
});

test("an issue that ended before it was posted in a new ops channel is not posted there and not kept", async () => {
  const { asked, context } = openSlack();
  const lastNotified = await notifyStored(aLateSeries(), noon, context);
  const moved = { ...context, ops: { ...context.ops, channel: "C0OPS0002" } };
  const ended = await notifyStored({ ...lastNotified, overAt: noon + MINUTE }, noon + 9 * MINUTE, moved);
  expect(isForgettable(ended)).toBe(true);
  expect(asked).toHaveLength(1);
});

import { expect, test } from "vitest";
import { opsRenderer } from "../../../src/adapters/slack/messages/health.ts";
import { type Blindness, isForgettable } from "../../../src/health/health-issue.ts";
import { type TellOpsDeps, tellOps } from "../../../src/pipeline/health/notify-ops.ts";
import type { Messenger } from "../../../src/pipeline/ports/messages.ts";
import { MINUTE } from "../../../src/time/time.ts";
import { noon } from "../../builders.ts";
import { fakeBlindnesses, fakeLedger } from "../../fakes.ts";

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
  const deps: TellOpsDeps = {
    ops: { channel: OPS, proofAt: 0, zone: "UTC" },
    opsRenderer: opsRenderer(),
    blindnesses: fakeBlindnesses(),
    messenger,
    ledger: fakeLedger(),
    whenUnsure: "twice",
    wallClock: () => noon,
  };
  return { asked, there, deps };
}

const blind = (over: Partial<Blindness> = {}): Blindness => ({
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

test("it is posted once, edited when its reason changes, and resolved by an edit and a reply", async () => {
  const { asked, deps } = openSlack();
  const opened = await tellOps(blind(), noon, deps);
  const same = await tellOps(opened, noon, deps);
  const changed = await tellOps({ ...same, detail: "very late" }, noon + 10 * MINUTE, deps);
  const over = await tellOps({ ...changed, overAt: noon + 20 * MINUTE }, noon + 30 * MINUTE, deps);
  await tellOps(over, noon + 40 * MINUTE, deps);
  expect(asked).toEqual([
    "post ops/late.ios@2026-06-16T12:00",
    "edit 1",
    "edit 1",
    "post ops/late.ios@2026-06-16T12:00/over in 1",
  ]);
});

test("after a crash before it was noted, it is not posted again", async () => {
  const { asked, deps } = openSlack();
  await tellOps(blind(), noon, deps);
  await tellOps(blind(), noon, deps);
  expect(asked).toEqual(["post ops/late.ios@2026-06-16T12:00"]);
});

test("one that somebody deleted is posted anew when there is something new to say", async () => {
  const { asked, there, deps } = openSlack();
  const opened = await tellOps(blind(), noon, deps);
  there.clear();
  await tellOps({ ...opened, detail: "very late" }, noon + 10 * MINUTE, deps);
  expect(asked.slice(1)).toEqual(["edit 1", "post ops/late.ios@2026-06-16T12:00/again-1"]);
});

test("the end of one that somebody deleted is said to nobody", async () => {
  const { asked, there, deps } = openSlack();
  const opened = await tellOps(blind(), noon, deps);
  there.clear();
  await tellOps({ ...opened, overAt: noon }, noon + 10 * MINUTE, deps);
  expect(asked.slice(1)).toEqual(["edit 1"]);
});

test.each([
  ["that Slack is gone", blind({ id: "slack", kind: "slack" })],
  ["that this very channel is gone", blind({ id: `channel.${OPS}`, kind: "channel" })],
])("%s is not tried to be said here", async (_, blindness) => {
  const { asked, deps } = openSlack();
  await tellOps(blindness, noon, deps);
  expect(asked).toEqual([]);
});

test("what was told in another channel of operations is told in the new one, and its end there", async () => {
  const { asked, deps } = openSlack();
  const told = await tellOps(blind(), noon, deps);
  const moved = { ...deps, ops: { ...deps.ops, channel: "C0OPS0002" } };
  const again = await tellOps(told, noon, moved);
  expect(again.told?.channel).toBe("C0OPS0002");
  const ended = await tellOps({ ...again, overAt: noon + MINUTE }, noon + 9 * MINUTE, moved);
  expect(ended.told?.isOver).toBe(true);
  expect(asked).toEqual([
    "post ops/late.ios@2026-06-16T12:00",
    "post ops/late.ios@2026-06-16T12:00/C0OPS0002",
    "edit 2",
    "post ops/late.ios@2026-06-16T12:00/over in 2",
  ]);
});

test("what ended before it was told in a new channel is not told there, and is not kept", async () => {
  const { asked, deps } = openSlack();
  const told = await tellOps(blind(), noon, deps);
  const moved = { ...deps, ops: { ...deps.ops, channel: "C0OPS0002" } };
  const ended = await tellOps({ ...told, overAt: noon + MINUTE }, noon + 9 * MINUTE, moved);
  expect(isForgettable(ended)).toBe(true);
  expect(asked).toHaveLength(1);
});

import { beforeEach, describe, expect, test } from "vitest";
import { mute, unmute } from "../../../src/pipeline/actions/mute.ts";
import { mutesInForce } from "../../../src/pipeline/notifying/suppression.ts";
import { tick } from "../../../src/pipeline/tick.ts";
import { defaultTiming } from "../../../src/series/due.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../builders.ts";
import { aRoom, type LastAlert } from "../stage.ts";

const scope = { kind: "watch", watch: "ios" } as const;
const by = "ada";
const at = (hours: number) => noon + hours * HOUR;
const words = (said: readonly LastAlert[]) =>
  said.map(({ how, text }) => `${how}: ${text.slice(2, 24).trim()}`);

let groupKey: ReturnType<typeof aRoom>;
beforeEach(() => {
  groupKey = aRoom();
});

/** Whether a tick at this time would queue the group key. */
const isDue = async () =>
  (await tick({ ...groupKey, timing: defaultTiming })).notify.includes(groupKey.groupKey);

describe("a muted watch", () => {
  test("posts nothing, and posts an open incident once when the mute ends", async () => {
    await groupKey.stands(0);
    await mute({ scope, until: at(4), by }, groupKey);
    expect(await groupKey.heard()).toEqual([]);
    expect(await isDue()).toBe(false);

    groupKey.passTo(4);
    expect(await isDue()).toBe(true);
    const said = await groupKey.heard();
    expect(words(said)).toEqual([expect.stringMatching(/^root: .*Drop: iOS/)]);
    expect(await isDue()).toBe(false);
    await groupKey.stands(4);
    expect(words(await groupKey.heard())).toEqual([expect.stringMatching(/^edit/)]);
  });

  test("that was notified before gets one line about the unmute in its thread", async () => {
    await groupKey.stands(0);
    await groupKey.heard();
    await mute({ scope, until: at(4), by }, groupKey);
    groupKey.passTo(2);
    await groupKey.stands(1);
    expect(await groupKey.heard()).toEqual([]);
    groupKey.passTo(5);
    expect(await isDue()).toBe(true);
    expect(words(await groupKey.heard())).toEqual([
      expect.stringMatching(/^edit/),
      expect.stringMatching(/^reply: .*No longer muted/),
    ]);
    await groupKey.stands(4);
    expect(words(await groupKey.heard())).toEqual([expect.stringMatching(/^edit/)]);
  });

  test("with an incident that began and ended under the mute never posts it", async () => {
    await groupKey.stands(0);
    await mute({ scope, until: at(4), by }, groupKey);
    await groupKey.heard();
    groupKey.passTo(3);
    await groupKey.stands(2, { resolvedAt: at(2) });
    expect(await groupKey.heard()).toEqual([]);
    expect(await groupKey.incidents.live("ios")).toEqual([]);
    groupKey.passTo(9);
    expect(await isDue()).toBe(false);
    await groupKey.outbox.add(groupKey.id, groupKey.groupKey);
    expect(await groupKey.heard()).toEqual([]);
    expect(await groupKey.outbox.all()).toEqual(new Map());
  });

  test("with an incident that outlasts the mute posts it, even where posting failed before its end", async () => {
    await groupKey.stands(0);
    await mute({ scope, until: at(2), by }, groupKey);
    await groupKey.heard();
    // From here on the worker is down, until all of it is over.
    groupKey.passTo(9);
    await groupKey.stands(6, { resolvedAt: at(6) });
    expect(await groupKey.incidents.live("ios")).toHaveLength(1);
    expect(words(await groupKey.heard())).toEqual([expect.stringMatching(/^root: .*Missed drop/)]);
    expect(await groupKey.heard()).toEqual([]);
  });

  test("with an extended mute stays silent", async () => {
    await groupKey.stands(0);
    await mute({ scope, until: at(2), by }, groupKey);
    await groupKey.heard();
    await mute({ scope, until: at(8), by }, groupKey);
    await groupKey.heard();
    groupKey.passTo(9);
    await groupKey.stands(6, { resolvedAt: at(6) });
    expect(await groupKey.heard()).toEqual([]);
  });

  test("that was unmuted early posts its incident, even where it ended before posting worked", async () => {
    await groupKey.stands(0);
    await mute({ scope, until: at(99), by }, groupKey);
    await groupKey.heard();
    await unmute(scope, by, groupKey);
    groupKey.passTo(9);
    await groupKey.stands(6, { resolvedAt: at(6) });
    expect(words(await groupKey.heard())).toEqual([expect.stringMatching(/^root: .*Missed drop/)]);
  });

  test("until recovery is silent while its incident is open, and alerts again afterward", async () => {
    await groupKey.stands(0);
    await groupKey.heard();
    await mute({ scope, until: "recovery", by }, groupKey);
    groupKey.passTo(30);
    await groupKey.stands(29, { severity: "critical" });
    expect(await groupKey.heard()).toEqual([]);
    await groupKey.stands(30, { resolvedAt: at(30) });
    expect(words(await groupKey.heard())).toEqual([
      expect.stringMatching(/^edit/),
      expect.stringMatching(/^reply: .*Drop over/),
    ]);
    expect(await mutesInForce(groupKey)).toEqual([]);
  });

  test("that is unmuted is checked again at once", async () => {
    await groupKey.stands(0);
    await mute({ scope, until: at(99), by }, groupKey);
    await groupKey.heard();
    await unmute(scope, by, groupKey);
    expect(await isDue()).toBe(true);
    expect(await groupKey.heard()).toHaveLength(1);
  });
});

describe("a watch with quiet hours", () => {
  const nights = { quiet: { from: 13 * 60, to: 18 * 60, critical: false } };

  test("holds a warning until they end", async () => {
    groupKey = aRoom(nights);
    await groupKey.stands(0);
    expect(await groupKey.heard()).toEqual([]);
    groupKey.passTo(5);
    expect(await isDue()).toBe(false);
    groupKey.passTo(6);
    expect(await isDue()).toBe(true);
    expect(words(await groupKey.heard())).toEqual([expect.stringMatching(/^root: .*Drop: iOS/)]);
  });

  test("posts afterward what began and ended in them", async () => {
    groupKey = aRoom(nights);
    await groupKey.stands(0);
    await groupKey.heard();
    await groupKey.stands(2, { resolvedAt: at(2) });
    expect(await groupKey.heard()).toEqual([]);
    groupKey.passTo(6);
    expect(await isDue()).toBe(true);
    expect(words(await groupKey.heard())).toEqual([expect.stringMatching(/^root: .*Missed drop/)]);
    expect(await isDue()).toBe(false);
  });

  test("posts a critical incident at once, unless set otherwise", async () => {
    groupKey = aRoom(nights);
    await groupKey.stands(0, { severity: "critical" });
    expect(await groupKey.heard()).toHaveLength(1);
    groupKey = aRoom({ quiet: { ...nights.quiet, critical: true } });
    await groupKey.stands(0, { severity: "critical" });
    expect(await groupKey.heard()).toEqual([]);
  });
});

describe("a mute is refused", () => {
  test.each([
    ["of what nobody watches", { kind: "channel", channel: "C0NOBODY1" }, at(9), /nothing is watched/],
    ["that is past", scope, at(1), /is past/],
    ["until recovery when nothing goes on", scope, "recovery", /nothing is going on/],
  ] as const)("%s", async (_, what, until, message) => {
    await groupKey.watches.save(groupKey.watch);
    await expect(mute({ scope: what, until, by }, groupKey)).rejects.toThrow(message);
    expect(await groupKey.mutes.all()).toEqual([]);
  });

  test("when it should be removed and does not exist", async () => {
    await expect(unmute(scope, by, groupKey)).rejects.toThrow(/"watch ios" is not muted/);
  });
});

test("expired mutes are removed when the next mute is made", async () => {
  await groupKey.watches.save(groupKey.watch);
  await mute({ scope, until: at(2), by }, groupKey);
  groupKey.passTo(3);
  const channel = { kind: "channel", channel: groupKey.watch.channel } as const;
  await mute({ scope: channel, until: at(4), by }, groupKey);
  expect(await groupKey.mutes.all()).toMatchObject([{ scope: channel }]);
});

import { beforeEach, describe, expect, test } from "vitest";
import { mute, unmute } from "../../../src/pipeline/actions/mute.ts";
import { mutesInForce } from "../../../src/pipeline/notifying/suppression.ts";
import { tick } from "../../../src/pipeline/tick.ts";
import { defaultTiming } from "../../../src/series/due.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../builders.ts";
import { aRoom, type Said } from "../stage.ts";

const scope = { kind: "watch", watch: "ios" } as const;
const by = "ada";
const at = (hours: number) => noon + hours * HOUR;
const words = (said: readonly Said[]) => said.map(({ how, text }) => `${how}: ${text.slice(2, 24).trim()}`);

let room: ReturnType<typeof aRoom>;
beforeEach(() => {
  room = aRoom();
});

/** Whether a tick at this time would have the room looked at. */
const isDue = async () => (await tick({ ...room, timing: defaultTiming })).notify.includes(room.room);

describe("a muted watch", () => {
  test("is not heard of, and when the mute ends while it goes on, once", async () => {
    await room.stands(0);
    await mute({ scope, until: at(4), by }, room);
    expect(await room.heard()).toEqual([]);
    expect(await isDue()).toBe(false);

    room.passTo(4);
    expect(await isDue()).toBe(true);
    const said = await room.heard();
    expect(words(said)).toEqual([expect.stringMatching(/^root: .*Drop: iOS/)]);
    expect(await isDue()).toBe(false);
    await room.stands(4);
    expect(words(await room.heard())).toEqual([expect.stringMatching(/^edit/)]);
  });

  test("that was heard of before is said to be no longer muted, in the thread, once", async () => {
    await room.stands(0);
    await room.heard();
    await mute({ scope, until: at(4), by }, room);
    room.passTo(2);
    await room.stands(1);
    expect(await room.heard()).toEqual([]);
    room.passTo(5);
    expect(await isDue()).toBe(true);
    expect(words(await room.heard())).toEqual([
      expect.stringMatching(/^edit/),
      expect.stringMatching(/^reply: .*No longer muted/),
    ]);
    await room.stands(4);
    expect(words(await room.heard())).toEqual([expect.stringMatching(/^edit/)]);
  });

  test("whose incident began and ended under the mute is never told of it", async () => {
    await room.stands(0);
    await mute({ scope, until: at(4), by }, room);
    await room.heard();
    room.passTo(3);
    await room.stands(2, { resolvedAt: at(2) });
    expect(await room.heard()).toEqual([]);
    expect(await room.incidents.live("ios")).toEqual([]);
    room.passTo(9);
    expect(await isDue()).toBe(false);
    await room.outbox.add(room.id, room.room);
    expect(await room.heard()).toEqual([]);
    expect(await room.outbox.all()).toEqual(new Map());
  });

  test("whose incident outlasts the mute is told of it, also where nobody could be told before it ended", async () => {
    await room.stands(0);
    await mute({ scope, until: at(2), by }, room);
    await room.heard();
    // From here on the worker is down, until all of it is over.
    room.passTo(9);
    await room.stands(6, { resolvedAt: at(6) });
    expect(await room.incidents.live("ios")).toHaveLength(1);
    expect(words(await room.heard())).toEqual([expect.stringMatching(/^root: .*Missed drop/)]);
    expect(await room.heard()).toEqual([]);
  });

  test("whose mute is prolonged goes on unheard", async () => {
    await room.stands(0);
    await mute({ scope, until: at(2), by }, room);
    await room.heard();
    await mute({ scope, until: at(8), by }, room);
    await room.heard();
    room.passTo(9);
    await room.stands(6, { resolvedAt: at(6) });
    expect(await room.heard()).toEqual([]);
  });

  test("that was unmuted before its time is told of, also where it ended before anyone could be told", async () => {
    await room.stands(0);
    await mute({ scope, until: at(99), by }, room);
    await room.heard();
    await unmute(scope, by, room);
    room.passTo(9);
    await room.stands(6, { resolvedAt: at(6) });
    expect(words(await room.heard())).toEqual([expect.stringMatching(/^root: .*Missed drop/)]);
  });

  test("until recovery is muted while its incident goes on, and heard of again after it", async () => {
    await room.stands(0);
    await room.heard();
    await mute({ scope, until: "recovery", by }, room);
    room.passTo(30);
    await room.stands(29, { severity: "critical" });
    expect(await room.heard()).toEqual([]);
    await room.stands(30, { resolvedAt: at(30) });
    expect(words(await room.heard())).toEqual([
      expect.stringMatching(/^edit/),
      expect.stringMatching(/^reply: .*Drop over/),
    ]);
    expect(await mutesInForce(room)).toEqual([]);
  });

  test("that is unmuted is looked at again at once", async () => {
    await room.stands(0);
    await mute({ scope, until: at(99), by }, room);
    await room.heard();
    await unmute(scope, by, room);
    expect(await isDue()).toBe(true);
    expect(await room.heard()).toHaveLength(1);
  });
});

describe("a watch with quiet hours", () => {
  const nights = { quiet: { from: 13 * 60, to: 18 * 60, critical: false } };

  test("waits with a warning until they end", async () => {
    room = aRoom(nights);
    await room.stands(0);
    expect(await room.heard()).toEqual([]);
    room.passTo(5);
    expect(await isDue()).toBe(false);
    room.passTo(6);
    expect(await isDue()).toBe(true);
    expect(words(await room.heard())).toEqual([expect.stringMatching(/^root: .*Drop: iOS/)]);
  });

  test("says after them what began and ended in them", async () => {
    room = aRoom(nights);
    await room.stands(0);
    await room.heard();
    await room.stands(2, { resolvedAt: at(2) });
    expect(await room.heard()).toEqual([]);
    room.passTo(6);
    expect(await isDue()).toBe(true);
    expect(words(await room.heard())).toEqual([expect.stringMatching(/^root: .*Missed drop/)]);
    expect(await isDue()).toBe(false);
  });

  test("lets a critical incident through, unless told otherwise", async () => {
    room = aRoom(nights);
    await room.stands(0, { severity: "critical" });
    expect(await room.heard()).toHaveLength(1);
    room = aRoom({ quiet: { ...nights.quiet, critical: true } });
    await room.stands(0, { severity: "critical" });
    expect(await room.heard()).toEqual([]);
  });
});

describe("a mute is refused", () => {
  test.each([
    ["of what nobody watches", { kind: "channel", channel: "C0NOBODY1" }, at(9), /nothing is watched/],
    ["that is past", scope, at(1), /is past/],
    ["until recovery when nothing goes on", scope, "recovery", /nothing is going on/],
  ] as const)("%s", async (_, what, until, message) => {
    await room.watches.save(room.watch);
    await expect(mute({ scope: what, until, by }, room)).rejects.toThrow(message);
    expect(await room.mutes.all()).toEqual([]);
  });

  test("when it is to be taken back and there is none", async () => {
    await expect(unmute(scope, by, room)).rejects.toThrow(/"watch ios" is not muted/);
  });
});

test("mutes that are over are forgotten when the next is made", async () => {
  await room.watches.save(room.watch);
  await mute({ scope, until: at(2), by }, room);
  room.passTo(3);
  const channel = { kind: "channel", channel: room.watch.channel } as const;
  await mute({ scope: channel, until: at(4), by }, room);
  expect(await room.mutes.all()).toMatchObject([{ scope: channel }]);
});

import { beforeEach, describe, expect, test } from "vitest";
import { mute, unmute } from "../../../src/pipeline/actions/mute.ts";
import { mutesInForce } from "../../../src/pipeline/notifying/suppression.ts";
import { tick } from "../../../src/pipeline/tick.ts";
import { defaultTiming } from "../../../src/series/due.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { aStage, type StagePost } from "../stage.ts";

const scope = { kind: "watch", watch: "ios" } as const;
const by = "ada";
const at = (hours: number) => noon + hours * HOUR;
const words = (posted: readonly StagePost[]) =>
  posted.map(({ how, text }) => `${how}: ${text.slice(2, 24).trim()}`);

let stage: ReturnType<typeof aStage>;
beforeEach(() => {
  stage = aStage();
});

/** Whether a tick at this time would queue the group key. */
const isDue = async () => (await tick({ ...stage, timing: defaultTiming })).notify.includes(stage.groupKey);

describe("a muted watch", () => {
  test("posts nothing, and posts an open incident once when the mute ends", async () => {
    await stage.stands(0);
    await mute({ scope, until: at(4), by }, stage);
    expect(await stage.newPosts()).toEqual([]);
    expect(await isDue()).toBe(false);

    stage.passTo(4);
    expect(await isDue()).toBe(true);
    const posted = await stage.newPosts();
    expect(words(posted)).toEqual([expect.stringMatching(/^root: .*: iOS down/)]);
    expect(await isDue()).toBe(false);
    await stage.stands(4);
    expect(words(await stage.newPosts())).toEqual([expect.stringMatching(/^edit/)]);
  });

  test("that was notified before gets one line about the unmute in its thread", async () => {
    await stage.stands(0);
    await stage.newPosts();
    await mute({ scope, until: at(4), by }, stage);
    expect(words(await stage.newPosts())).toEqual([expect.stringMatching(/^edit/)]);
    stage.passTo(2);
    await stage.stands(1);
    expect(await stage.newPosts()).toEqual([]);
    stage.passTo(5);
    expect(await isDue()).toBe(true);
    expect(words(await stage.newPosts())).toEqual([
      expect.stringMatching(/^edit/),
      expect.stringMatching(/^reply: Warning, mute ended/),
    ]);
    await stage.stands(4);
    expect(words(await stage.newPosts())).toEqual([expect.stringMatching(/^edit/)]);
  });

  test("with an incident that began and ended under the mute never posts it", async () => {
    await stage.stands(0);
    await mute({ scope, until: at(4), by }, stage);
    await stage.newPosts();
    stage.passTo(3);
    await stage.stands(2, { resolvedAt: at(2) });
    expect(await stage.newPosts()).toEqual([]);
    expect(await stage.incidents.live("ios")).toEqual([]);
    stage.passTo(9);
    expect(await isDue()).toBe(false);
    await stage.outbox.add(stage.id, stage.groupKey);
    expect(await stage.newPosts()).toEqual([]);
    expect(await stage.outbox.all()).toEqual(new Map());
  });

  test("with an incident that outlasts the mute posts it, even where posting failed before its end", async () => {
    await stage.stands(0);
    await mute({ scope, until: at(2), by }, stage);
    await stage.newPosts();
    // From here on the worker is down, until all of it is over.
    stage.passTo(9);
    await stage.stands(6, { resolvedAt: at(6) });
    expect(await stage.incidents.live("ios")).toHaveLength(1);
    expect(words(await stage.newPosts())).toEqual([expect.stringMatching(/^root: Already/)]);
    expect(await stage.newPosts()).toEqual([]);
  });

  test("with an extended mute stays silent", async () => {
    await stage.stands(0);
    await mute({ scope, until: at(2), by }, stage);
    await stage.newPosts();
    await mute({ scope, until: at(8), by }, stage);
    await stage.newPosts();
    stage.passTo(9);
    await stage.stands(6, { resolvedAt: at(6) });
    expect(await stage.newPosts()).toEqual([]);
  });

  test("that was unmuted early posts its incident, even where it ended before posting worked", async () => {
    await stage.stands(0);
    await mute({ scope, until: at(99), by }, stage);
    await stage.newPosts();
    await unmute(scope, by, stage);
    stage.passTo(9);
    await stage.stands(6, { resolvedAt: at(6) });
    expect(words(await stage.newPosts())).toEqual([expect.stringMatching(/^root: Already/)]);
  });

  test("until recovery is silent while its incident is open, and alerts again afterward", async () => {
    await stage.stands(0);
    await stage.newPosts();
    await mute({ scope, until: "recovery", by }, stage);
    expect(words(await stage.newPosts())).toEqual([expect.stringMatching(/^edit/)]);
    stage.passTo(30);
    await stage.stands(29, { severity: "critical" });
    expect(await stage.newPosts()).toEqual([]);
    await stage.stands(30, { resolvedAt: at(30) });
    expect(words(await stage.newPosts())).toEqual([
      expect.stringMatching(/^edit/),
      expect.stringMatching(/^reply: Resolved/),
    ]);
    expect(await mutesInForce(stage)).toEqual([]);
  });

  test("that is unmuted is checked again at once", async () => {
    await stage.stands(0);
    await mute({ scope, until: at(99), by }, stage);
    await stage.newPosts();
    await unmute(scope, by, stage);
    expect(await isDue()).toBe(true);
    expect(await stage.newPosts()).toHaveLength(1);
  });
});

describe("a watch with quiet hours", () => {
  const nights = { quiet: { from: 13 * 60, to: 18 * 60, critical: false } };

  test("holds a warning until they end", async () => {
    stage = aStage(nights);
    await stage.stands(0);
    expect(await stage.newPosts()).toEqual([]);
    stage.passTo(5);
    expect(await isDue()).toBe(false);
    stage.passTo(6);
    expect(await isDue()).toBe(true);
    expect(words(await stage.newPosts())).toEqual([expect.stringMatching(/^root: .*: iOS down/)]);
  });

  test("posts afterward what began and ended in them", async () => {
    stage = aStage(nights);
    await stage.stands(0);
    await stage.newPosts();
    await stage.stands(2, { resolvedAt: at(2) });
    expect(await stage.newPosts()).toEqual([]);
    stage.passTo(6);
    expect(await isDue()).toBe(true);
    expect(words(await stage.newPosts())).toEqual([expect.stringMatching(/^root: Already/)]);
    expect(await isDue()).toBe(false);
  });

  test("posts a critical incident at once, unless set otherwise", async () => {
    stage = aStage(nights);
    await stage.stands(0, { severity: "critical" });
    expect(await stage.newPosts()).toHaveLength(1);
    stage = aStage({ quiet: { ...nights.quiet, critical: true } });
    await stage.stands(0, { severity: "critical" });
    expect(await stage.newPosts()).toEqual([]);
  });
});

describe("a mute is refused", () => {
  test.each([
    ["of what nobody watches", { kind: "channel", channel: "C0NOBODY1" }, at(9), /no watch matches/],
    ["that is past", scope, at(1), /in the past/],
    ["until recovery when nothing goes on", scope, "recovery", /no open incident/],
  ] as const)("%s", async (_, what, until, message) => {
    await stage.watches.save(stage.watch);
    await expect(mute({ scope: what, until, by }, stage)).rejects.toThrow(message);
    expect(await stage.mutes.all()).toEqual([]);
  });

  test("when it should be removed and does not exist", async () => {
    await expect(unmute(scope, by, stage)).rejects.toThrow(/"watch ios" is not muted/);
  });
});

test("expired mutes are removed when the next mute is made", async () => {
  await stage.watches.save(stage.watch);
  await mute({ scope, until: at(2), by }, stage);
  stage.passTo(3);
  const channel = { kind: "channel", channel: stage.watch.channel } as const;
  await mute({ scope: channel, until: at(4), by }, stage);
  expect(await stage.mutes.all()).toMatchObject([{ scope: channel }]);
});

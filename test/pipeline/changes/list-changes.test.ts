import { expect, test } from "vitest";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import { mute } from "../../../src/pipeline/actions/mute.ts";
import { removeWatch } from "../../../src/pipeline/actions/watch.ts";
import { announceChange } from "../../../src/pipeline/changes/announce-change.ts";
import { undo } from "../../../src/pipeline/changes/change.ts";
import { dailyChangesDue, listChanges } from "../../../src/pipeline/changes/list-changes.ts";
import { setPermissions } from "../../../src/pipeline/changes/set-permissions.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

const CHANNEL = "C0ALERTS1";
const ofIos = { kind: "watch", watch: "ios" } as const;
const here = { kind: "channel", channel: CHANNEL } as const;

async function staged(ops?: string) {
  const stage = aStage();
  await stage.stands(0);
  await stage.newPosts();
  const context = {
    ...stage,
    renderer: slackRenderer("UTC"),
    ops: { dailyStatusAt: 9 * HOUR, zone: "UTC", ...(ops && { channel: ops }) },
  };
  const announced = async (id: string | undefined) => (await announceChange(id!, context)).channels;
  const roots = () => stage.everything().filter(({ how }) => how === "root").length;
  return { ...stage, context, announced, roots };
}

test("a change of settings is posted in no alert channel, and listed there once the next morning", async () => {
  const { context, announced, roots, passTo, everything } = await staged();
  const { change } = await mute({ scope: ofIos, until: noon + 48 * HOUR, by: "ada" }, context);
  await setPermissions({ who: "everyone" }, "ada", context);
  expect(await announced(change?.id)).toEqual([]);
  expect(await context.changes.unannounced()).not.toContain(change?.id);
  expect(roots()).toBe(1);
  expect(await dailyChangesDue(context)).toEqual([]);

  passTo(21);
  expect((await dailyChangesDue(context)).map(({ channel }) => channel)).toEqual([CHANNEL]);
  expect(await listChanges(CHANNEL, context)).toBe(1);
  expect(await listChanges(CHANNEL, context)).toBe(0);
  expect(everything().at(-1)).toMatchObject({ how: "root", text: "✏️ 1 change of settings yesterday" });
  expect(roots()).toBe(2);
});

test("what was undone the same day is not listed", async () => {
  const { context, passTo } = await staged();
  const { change } = await mute({ scope: ofIos, until: noon + 48 * HOUR, by: "ada" }, context);
  const back = await undo(change!.id, "ada", context);
  passTo(21);
  expect((await dailyChangesDue(context)).flatMap(({ changes }) => changes.map(({ id }) => id))).toEqual([
    back.id,
  ]);
});

test("with an ops channel a change of settings is posted there, and nothing in the alert channel", async () => {
  const { context, announced, passTo } = await staged("C0OPS0001");
  const { change } = await mute({ scope: ofIos, until: noon + 48 * HOUR, by: "ada" }, context);
  expect(await announced(change?.id)).toEqual(["C0OPS0001"]);
  passTo(21);
  expect(await dailyChangesDue(context)).toEqual([]);
});

test.each([undefined, "C0OPS0001"])(
  "a muted channel and a removed watch are posted in that channel (ops channel: %s)",
  async (ops) => {
    const { context, announced } = await staged(ops);
    const muted = await mute({ scope: here, until: noon + 48 * HOUR, by: "ada" }, context);
    expect(await announced(muted.change?.id)).toEqual([CHANNEL]);
    const removed = await removeWatch("ios", "ada", context);
    expect(await announced(removed.change?.id)).toEqual([CHANNEL]);
  },
);

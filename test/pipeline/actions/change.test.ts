import { beforeEach, describe, expect, test } from "vitest";
import { changeMessage } from "../../../src/adapters/slack/commands/change.ts";
import { PermanentError, type Trouble } from "../../../src/errors.ts";
import { announce } from "../../../src/pipeline/actions/announce-change.ts";
import { commit, undo } from "../../../src/pipeline/actions/change.ts";
import { mute } from "../../../src/pipeline/actions/mute.ts";
import { settersOf } from "../../../src/pipeline/actions/setters.ts";
import { removeWatch, setWatch } from "../../../src/pipeline/actions/watch.ts";
import type { Message, Messenger } from "../../../src/pipeline/ports/messages.ts";
import type { Changed } from "../../../src/settings/change.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, aWatch, noon } from "../../builders.ts";
import { fakeStores } from "../../fakes.ts";

const ada = "U0ADA0001";
const bob = "U0BOB0001";

/** A room of fakes in which somebody changes things, and a Slack that fails when told to. */
function room() {
  let now = noon;
  const stores = fakeStores();
  const clock = () => now;
  const posted: { channel: string; message: Message }[] = [];
  const edited: Message[] = [];
  let failing = 0;
  const refusing = new Map<string, Trouble>();
  const messenger: Messenger = {
    async post(channel, message) {
      if (failing-- > 0) throw new Error("Slack is down");
      const trouble = refusing.get(channel);
      if (trouble) throw new PermanentError(`Slack refuses ${channel}`, { trouble, advice: "Look at it." });
      posted.push({ channel, message });
      return { channel, ts: String(posted.length) };
    },
    async update(_, message) {
      edited.push(message);
      return true;
    },
    find: async () => undefined,
  };
  const deps = {
    ...stores,
    clock,
    setters: settersOf({ ...stores, clock }),
    messenger,
    ops: { channel: "C0OPS0001" },
    changeRenderer: changeMessage,
    whenUnsure: "twice" as const,
    wallClock: clock,
  };
  return {
    deps,
    posted,
    edited,
    pass: (by: number) => {
      now += by;
    },
    fail: (times: number) => {
      failing = times;
    },
    refuse: (channel: string, trouble: Trouble) => refusing.set(channel, trouble),
  };
}

let scene: ReturnType<typeof room>;
beforeEach(async () => {
  scene = room();
  await scene.deps.watches.save(aWatch());
});

describe("undoing", () => {
  const louder = aWatch({ sensitivity: "high" });

  const change = async (by = ada) => {
    const changed = await setWatch("ios-us", louder, scene.deps);
    return commit(changed, by, scene.deps);
  };

  test("brings back what was before, is a change of its own, and happens once", async () => {
    const { deps } = scene;
    const { id } = await change();
    scene.pass(HOUR);
    const back = await undo(id, bob, deps);
    expect(await deps.watches.byId("ios-us")).toEqual(aWatch());
    expect(back).toMatchObject({ by: bob, changed: { before: louder, after: aWatch() } });
    expect((await deps.changes.byId(id))?.undone).toEqual({ by: bob, at: noon + HOUR });
    await expect(undo(id, ada, deps)).rejects.toThrow(`that was undone already, by <@${bob}>`);
    // What was undone can be had again.
    await undo(back.id, ada, deps);
    expect(await deps.watches.byId("ios-us")).toEqual(louder);
  });

  test("is refused when somebody changed it since, and says who", async () => {
    const { deps } = scene;
    const { id } = await change();
    scene.pass(1);
    const again = await setWatch("ios-us", aWatch({ direction: "drop" }), deps);
    const later = await commit(again, bob, deps);
    await expect(undo(id, ada, deps)).rejects.toThrow(
      `that was changed again since, by <@${bob}>: undo ${later.id} first`,
    );
  });

  test("goes on where it was cut short, and the message of what was undone is told anew", async () => {
    const { deps } = scene;
    const { id } = await change();
    await announce(id, deps);
    const cut = {
      ...deps,
      changes: { ...deps.changes, markUndone: () => Promise.reject(new Error("killed")) },
    };
    await expect(undo(id, bob, cut)).rejects.toThrow("killed");
    const back = await undo(id, bob, deps);
    expect(await deps.watches.byId("ios-us")).toEqual(aWatch());
    expect(await deps.changes.unannounced()).toEqual([id, back.id].sort());
  });

  test("is not refused since somebody said the same again, which changed nothing", async () => {
    const { deps } = scene;
    const request = { scope: { kind: "watch", watch: "ios-us" }, until: noon + HOUR } as const;
    const { id } = await commit(await mute({ ...request, by: ada }, deps), ada, deps);
    scene.pass(1);
    await mute({ ...request, by: bob }, deps);
    await undo(id, bob, deps);
    expect(await deps.mutes.all()).toEqual([]);
  });

  test("is refused when it changed in a way that nobody noted", async () => {
    const { id } = await change();
    await scene.deps.watches.save(aWatch({ direction: "spike" }));
    await expect(undo(id, ada, scene.deps)).rejects.toThrow(/another by now/);
  });

  test("of what never was is refused", async () => {
    await expect(undo("watch-nothing", ada, scene.deps)).rejects.toThrow(
      /there is no change "watch-nothing"/,
    );
  });

  test("does not move a watch in the middle of an incident", async () => {
    const { deps } = scene;
    const { segment: _, ...series } = aWatch().series;
    const moved = await commit(await setWatch("ios-us", aWatch({ series }), deps), ada, deps);
    await deps.incidents.save(anIncident());
    await expect(undo(moved.id, bob, deps)).rejects.toThrow(/in the middle of ios-us.drop@/);
    expect(await deps.watches.byId("ios-us")).toEqual(aWatch({ series }));

    const open = (await deps.incidents.byId(anIncident().id))!;
    await deps.incidents.save({ ...open, resolvedAt: noon + HOUR });
    await undo(moved.id, bob, deps);
    expect(await deps.watches.byId("ios-us")).toEqual(aWatch());
  });

  test("brings a removed watch back, and a mute, an event, a label and a rule", async () => {
    const { deps } = scene;
    await deps.incidents.save(anIncident());
    const muted = await mute(
      { scope: { kind: "watch", watch: "ios-us" }, until: noon + HOUR, by: ada },
      deps,
    );
    const event = { id: "sale@x", name: "Sale", from: noon, to: noon + HOUR, scope: {}, by: ada, at: noon };
    const all: Changed[] = [
      muted,
      { kind: "event", id: event.id, after: event },
      { kind: "label", incidentId: anIncident().id, after: { label: "real", by: ada, at: noon } },
      { kind: "access", before: { who: "everyone" }, after: { who: "admins" } },
      { kind: "app", workspace: "main", app: "ios", after: { workspace: "main", app: "ios", name: "iOS" } },
    ];
    for (const changed of all) {
      await deps.setters.apply(changed);
      const { id } = await commit(changed, ada, deps);
      await undo(id, bob, deps);
      expect(await deps.setters.present(changed), changed.kind).toEqual(changed.before);
    }
    const removed = await commit(await removeWatch("ios-us", deps), ada, deps);
    await undo(removed.id, bob, deps);
    expect(await deps.watches.byId("ios-us")).toEqual(aWatch());
  });
});

describe("a change is told", () => {
  test("in the watch's channel, with who, before, after and the way back", async () => {
    const { deps, posted } = scene;
    const changed = await setWatch("ios-us", aWatch({ sensitivity: "high" }), deps);
    const { id } = await commit(changed, ada, deps);
    expect(await announce(id, deps)).toEqual({ channels: ["C0ALERTS1"], refused: [] });
    expect(posted).toHaveLength(1);
    const said = JSON.stringify(posted[0]!.message.blocks);
    for (const words of [`<@${ada}> changed the watch`, "*Sensitivity*: normal → high", "change.undo", id])
      expect(said).toContain(words);
    expect(said).not.toContain("Direction");
  });

  test("once, though it is tried again, and as it stands then", async () => {
    const { deps, posted, edited, fail } = scene;
    const { id } = await commit(await setWatch("ios-us", aWatch({ direction: "drop" }), deps), ada, deps);
    fail(1);
    await expect(announce(id, deps)).rejects.toThrow("Slack is down");
    expect(await deps.changes.unannounced()).toEqual([id]);
    await announce(id, deps);
    expect(await deps.changes.unannounced()).toEqual([]);
    await undo(id, bob, deps);
    await announce(id, deps);
    expect(posted).toHaveLength(1);
    expect(JSON.stringify(edited)).toContain(`Undone by <@${bob}>`);
    expect(JSON.stringify(edited)).not.toContain("change.undo");
  });

  test("in both channels when it moves, and in the ops channel when it concerns none, or too many", async () => {
    const { deps } = scene;
    const moved = await commit(await setWatch("ios-us", aWatch({ channel: "C0OTHER01" }), deps), ada, deps);
    expect((await announce(moved.id, deps)).channels).toEqual(["C0ALERTS1", "C0OTHER01"]);
    const rule = await commit({ kind: "access", after: { who: "admins" } }, ada, deps);
    expect((await announce(rule.id, deps)).channels).toEqual(["C0OPS0001"]);
    for (let i = 0; i < 6; i++) await deps.watches.save(aWatch({ id: `w${i}`, channel: `C0MANY00${i}` }));
    const event = { id: "sale@x", name: "Sale", from: noon, to: noon + HOUR, scope: {}, by: ada, at: noon };
    const planned = await commit({ kind: "event", id: event.id, after: event }, ada, deps);
    expect((await announce(planned.id, deps)).channels).toEqual(["C0OPS0001"]);
  });

  test("in the ops channel where one never takes such a message, to the others, and not tried for ever", async () => {
    const { deps, posted, refuse } = scene;
    refuse("C0ALERTS1", "slack-rejected");
    const moved = await commit(await setWatch("ios-us", aWatch({ channel: "C0OTHER01" }), deps), ada, deps);
    expect(await announce(moved.id, deps)).toEqual({
      channels: ["C0OTHER01", "C0OPS0001"],
      refused: ["Slack refuses C0ALERTS1. Look at it."],
    });
    expect(posted.map(({ channel }) => channel)).toEqual(["C0OTHER01", "C0OPS0001"]);
    expect(await deps.changes.unannounced()).toEqual([]);
  });

  test.each(["slack-destination", "slack-workspace"] as const)(
    "later where Slack takes nothing now (%s), and meanwhile to whom it can be, once",
    async (trouble) => {
      const { deps, posted, edited, refuse } = scene;
      refuse("C0ALERTS1", trouble);
      const moved = await commit(await setWatch("ios-us", aWatch({ channel: "C0OTHER01" }), deps), ada, deps);
      for (let tries = 0; tries < 2; tries++)
        await expect(announce(moved.id, deps)).rejects.toThrow("Slack refuses C0ALERTS1");
      expect(posted.map(({ channel }) => channel)).toEqual(["C0OTHER01"]);
      expect(edited).toEqual([]);
      expect(await deps.changes.unannounced()).toEqual([moved.id]);
    },
  );
});

import { beforeEach, describe, expect, test } from "vitest";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import { type Failure, PermanentError } from "../../../src/errors.ts";
import { labelIncident } from "../../../src/pipeline/actions/label.ts";
import { mute, unmute } from "../../../src/pipeline/actions/mute.ts";
import { nameApp } from "../../../src/pipeline/actions/name-app.ts";
import { planEvent } from "../../../src/pipeline/actions/plan-event.ts";
import { addWatch, type Edit, editWatch, removeWatch } from "../../../src/pipeline/actions/watch.ts";
import { requestOf } from "../../../src/pipeline/actions/watch-request.ts";
import { announceChange } from "../../../src/pipeline/changes/announce-change.ts";
import { commit, commitAll, undo } from "../../../src/pipeline/changes/change.ts";
import { refuseOvertaken, shownVersion } from "../../../src/pipeline/changes/overtaken.ts";
import { setPermissions } from "../../../src/pipeline/changes/set-permissions.ts";
import { kindOf } from "../../../src/pipeline/changes/setters.ts";
import type { Message, Messenger } from "../../../src/pipeline/ports/messages.ts";
import type { Ops } from "../../../src/pipeline/ports/ops.ts";
import { seriesId } from "../../../src/series/series.ts";
import { dailyPlacesFor } from "../../../src/settings/affected-channels.ts";
import type { Change, Changed } from "../../../src/settings/change.ts";
import type { Watch } from "../../../src/settings/watch.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, aWatch, noon } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";

const ada = "U0ADA0001";
const bob = "U0BOB0001";
const ops: Ops = { dailyStatusAt: 9 * HOUR, zone: "UTC" };

/** Fake stores in which a person changes things, and a Slack that fails on request. */
function aScene() {
  let now = noon;
  const stores = aContext();
  const clock = () => now;
  const posted: { channel: string; message: Message }[] = [];
  const edited: Message[] = [];
  let failing = 0;
  const refusing = new Map<string, Failure>();
  const messenger: Messenger = {
    async post(channel, message) {
      if (failing-- > 0) throw new Error("Slack is down");
      const failure = refusing.get(channel);
      if (failure) throw new PermanentError(`Slack refuses ${channel}`, { failure, advice: "Look at it." });
      posted.push({ channel, message });
      return { channel, ts: String(posted.length) };
    },
    async update(_, message) {
      edited.push(message);
      return true;
    },
    find: async () => undefined,
  };
  const context = {
    ...stores,
    clock,
    messenger,
    ops: { ...ops, channel: "C0OPS0001" } as Ops,
    renderer: slackRenderer("UTC"),
    whenUnsure: "twice" as const,
    wallClock: clock,
  };
  return {
    context,
    posted,
    edited,
    pass: (by: number) => {
      now += by;
    },
    fail: (times: number) => {
      failing = times;
    },
    refuse: (channel: string, failure: Failure) => refusing.set(channel, failure),
  };
}

let scene: ReturnType<typeof aScene>;

/** Makes a change of the watch, or any other, and answers its entry. */
async function make(changed: Changed, by = ada): Promise<Change> {
  return (await commit(async () => changed, by, scene.context)).change!;
}
const turn = async (after: Watch, by = ada): Promise<Change> => {
  const before = await scene.context.watches.byId(after.id);
  return make({ kind: "watch", watchId: after.id, ...(before && { before }), after }, by);
};
beforeEach(async () => {
  scene = aScene();
  await scene.context.watches.save(aWatch());
});

describe("undoing", () => {
  const louder = aWatch({ sensitivity: "high" });

  const change = () => turn(louder);

  test("restores the previous state, is a change of its own, and happens once", async () => {
    const { context } = scene;
    const { id } = await change();
    scene.pass(HOUR);
    const back = await undo(id, bob, context);
    expect(await context.watches.byId("ios-us")).toEqual(aWatch());
    expect(back).toMatchObject({ by: bob, changed: { before: louder, after: aWatch() } });
    expect((await context.changes.byId(id))?.undone).toEqual({ by: bob, at: noon + HOUR });
    await expect(undo(id, ada, context)).rejects.toThrow(`this change was already undone by ${bob}`);
    // What was undone can be had again.
    await undo(back.id, ada, context);
    expect(await context.watches.byId("ios-us")).toEqual(louder);
  });

  test("is refused when somebody else changed it since, and says who", async () => {
    const { context } = scene;
    const { id } = await change();
    scene.pass(1);
    const later = await turn(aWatch({ direction: "drop" }), bob);
    await expect(undo(id, ada, context)).rejects.toThrow(
      `${bob} changed this again later. Undo ${later.id} first`,
    );
  });

  test("writes the change and its log entry at once, and the message of the undone change is updated", async () => {
    const { context } = scene;
    const { id } = await change();
    await announceChange(id, context);
    const dead = {
      ...context,
      changes: { ...context.changes, record: () => Promise.reject(new Error("killed")) },
    };
    await expect(undo(id, bob, dead)).rejects.toThrow("killed");
    expect(await context.watches.byId("ios-us")).toEqual(louder);
    expect(await context.changes.unannounced()).toEqual([]);

    const back = await undo(id, bob, context);
    expect(await context.watches.byId("ios-us")).toEqual(aWatch());
    expect(await context.changes.unannounced()).toEqual([id, back.id].sort());
  });

  test("is allowed after somebody set the same value again, which changed nothing", async () => {
    const { context } = scene;
    const request = { scope: { kind: "watch", watch: "ios-us" }, until: noon + HOUR } as const;
    const { change } = await mute({ ...request, by: ada }, context);
    scene.pass(1);
    expect((await mute({ ...request, by: bob }, context)).change).toBeUndefined();
    await undo(change!.id, bob, context);
    expect(await context.mutes.all()).toEqual([]);
  });

  test("is refused after a change that is not in the change log", async () => {
    const { id } = await change();
    await scene.context.watches.save(aWatch({ direction: "spike" }));
    await expect(undo(id, ada, scene.context)).rejects.toThrow(/replaced by another setting/);
  });

  test("an unknown change is refused", async () => {
    await expect(undo("watch-nothing", ada, scene.context)).rejects.toThrow(
      /there is no change "watch-nothing"/,
    );
  });

  test("does not move a watch during an incident", async () => {
    const { context } = scene;
    const { segment: _, ...series } = aWatch().series;
    const moved = await turn(aWatch({ series }));
    await context.incidents.save(anIncident());
    await expect(undo(moved.id, bob, context)).rejects.toThrow(/open incident \(ios-us.drop@/);
    expect(await context.watches.byId("ios-us")).toEqual(aWatch({ series }));

    const open = (await context.incidents.byId(anIncident().id))!;
    await context.incidents.save({ ...open, resolvedAt: noon + HOUR });
    await undo(moved.id, bob, context);
    expect(await context.watches.byId("ios-us")).toEqual(aWatch());
  });

  test("restores a removed watch, mute, event, label or rule", async () => {
    const { context } = scene;
    await context.incidents.save(anIncident());
    const scope = { kind: "watch", watch: "ios-us" } as const;
    const event = { id: "sale@x", name: "Sale", from: noon, to: noon + HOUR, scope: {}, by: ada, at: noon };
    const all: Changed[] = [
      { kind: "mute", scope, after: { scope, by: ada, at: noon, until: noon + HOUR, incidents: [] } },
      { kind: "event", id: event.id, after: event },
      { kind: "label", incidentId: anIncident().id, after: { label: "real", by: ada, at: noon } },
      { kind: "permissions", before: { who: "everyone" }, after: { who: "admins" } },
      { kind: "app", workspace: "main", app: "ios", after: { workspace: "main", app: "ios", name: "iOS" } },
    ];
    for (const changed of all) {
      const { id } = await make(changed);
      expect(await kindOf(changed, context).present(), changed.kind).toEqual(changed.after);
      await undo(id, bob, context);
      expect(await kindOf(changed, context).present(), changed.kind).toEqual(changed.before);
    }
    const { change: removed } = await removeWatch("ios-us", ada, context);
    await undo(removed!.id, bob, context);
    expect(await context.watches.byId("ios-us")).toEqual(aWatch());
  });
});

describe("after a crash between a change and its effects", () => {
  /** The store of changes as a process leaves it that is killed right after it has written. */
  const dying = () => {
    const { changes } = scene.context;
    const record: typeof changes.record = async (...written) => {
      await changes.record(...written);
      throw new Error("killed");
    };
    return { ...scene.context, changes: { ...changes, record } };
  };
  const goOn = async () => {
    for (const id of await scene.context.changes.unannounced()) await announceChange(id, scene.context);
  };

  test("a removed watch loses its mute and its history, and the removal is announced with Undo", async () => {
    const { context, posted } = scene;
    await mute({ scope: { kind: "watch", watch: "ios-us" }, until: noon + HOUR, by: ada }, context);
    await goOn();
    const series = seriesId(aWatch().series);
    await context.series.write(series, [], noon, noon);
    await expect(removeWatch("ios-us", bob, dying())).rejects.toThrow("killed");
    expect(await context.watches.all()).toEqual([]);
    await goOn();
    expect(await context.mutes.all()).toEqual([]);
    expect(await context.series.read(series)).toBeUndefined();
    expect(JSON.stringify(posted.at(-1))).toMatch(/removed the watch .*change\.undo/);
  });

  test("a label is set on its incident, and excludes its hours from learning; only its alert shows it", async () => {
    const { context, posted } = scene;
    const { id } = anIncident();
    await context.incidents.save(anIncident());
    await expect(labelIncident(id, "real", ada, dying())).rejects.toThrow("killed");
    await goOn();
    expect((await context.incidents.byId(id))?.labelled).toMatchObject({ label: "real", by: ada });
    expect(await context.exclusions.of(seriesId(aWatch().series))).toMatchObject([{ id, because: "label" }]);
    expect([...(await context.outbox.all()).keys()]).toEqual([id]);
    expect(posted).toEqual([]);
  });

  test("a label that somebody set in the meantime stays", async () => {
    const { context } = scene;
    const { id } = anIncident();
    await context.incidents.save(anIncident());
    await expect(labelIncident(id, "real", ada, dying())).rejects.toThrow("killed");
    scene.pass(1);
    await labelIncident(id, "expected", bob, context);
    await goOn();
    expect((await context.incidents.byId(id))?.labelled).toMatchObject({ label: "expected", by: bob });
  });

  test("incidents of a removed mute are checked again", async () => {
    const { context } = scene;
    const scope = { kind: "watch", watch: "ios-us" } as const;
    await context.incidents.save(anIncident());
    await mute({ scope, until: noon + HOUR, by: ada }, context);
    await goOn();
    scene.pass(1);
    await expect(unmute(scope, ada, dying())).rejects.toThrow("killed");
    expect(await context.outbox.all()).toEqual(new Map());
    await goOn();
    expect([...(await context.outbox.all()).keys()]).toEqual([anIncident().id]);
  });
});

test("a change that cannot be logged is not made: a watch, a mute, an event, an app, a rule, a label", async () => {
  const { context } = scene;
  await context.incidents.save(anIncident());
  const record = () => Promise.reject(new Error("killed"));
  const dead = {
    ...context,
    workspaces: [{ name: "main", zone: "UTC" }],
    changes: { ...context.changes, record },
  };
  const request = requestOf(aWatch());
  const event = { name: "Sale", from: noon, to: noon + HOUR, scope: {}, by: ada };
  for (const act of [
    () => removeWatch("ios-us", ada, dead),
    () => addWatch({ ...request, channel: "C0OTHER01" }, ada, dead),
    () => editWatch("ios-us", () => ({ ...request, sensitivity: "low" }), ada, dead),
    () => mute({ scope: { kind: "watch", watch: "ios-us" }, until: noon + HOUR, by: ada }, dead),
    () => planEvent(event, dead),
    () => nameApp({ workspace: "main", app: "ios", name: "iOS" }, ada, dead),
    () => setPermissions({ who: "members" }, ada, dead),
    () => labelIncident(anIncident().id, "real", ada, dead),
  ])
    await expect(act()).rejects.toThrow("killed");
  expect(await context.watches.all()).toEqual([aWatch()]);
  expect([await context.mutes.all(), await context.events.all(), await context.apps.all()]).toEqual([
    [],
    [],
    [],
  ]);
  expect(await context.permissions.get()).toBeUndefined();
  expect(await context.incidents.byId(anIncident().id)).not.toHaveProperty("labelled");
});

test("two simultaneous edits of one watch both take effect, each with its own entry", async () => {
  const { context } = scene;
  const edits: Edit[] = [
    (before) => ({ ...requestOf(before), sensitivity: "low" }),
    (before) => ({ ...requestOf(before), owner: ada }),
    (before) => ({ ...requestOf(before), minAbsoluteChange: 50 }),
  ];
  await Promise.all(edits.map((edit) => editWatch("ios-us", edit, ada, context)));
  expect(await context.watches.byId("ios-us")).toMatchObject({
    sensitivity: "low",
    owner: ada,
    minAbsoluteChange: 50,
  });
  const entries = (await context.changes.since(0)).reverse();
  expect(entries).toHaveLength(3);
  expect(entries[1]?.changed.before).toEqual(entries[0]?.changed.after);
  expect(entries[2]?.changed.before).toEqual(entries[1]?.changed.after);
});

test("a form opened before somebody else's change of the watch or its app saves nothing and shows that change", async () => {
  const { context } = scene;
  const shown = shownVersion(aWatch(), []);
  const save = async () => {
    const edit: Edit = async (before) => {
      await refuseOvertaken(shown, before, context);
      return { ...requestOf(before), runbook: "https://wiki.test" };
    };
    await editWatch("ios-us", edit, bob, context);
  };
  // What Tidewatch learned by itself stands in no form.
  await turn(aWatch({ thresholdAdjustment: 1.1 }), "Tidewatch");
  await save();
  await turn(aWatch({ thresholdAdjustment: 1.1 }), ada);
  scene.pass(1);
  const lowered = await turn(aWatch({ thresholdAdjustment: 1.1, sensitivity: "low" }));
  await expect(save()).rejects.toMatchObject({ changes: [{ id: lowered.id }] });
  await turn(aWatch());
  const app = { workspace: "main", app: "ios", name: "iOS", zone: "Asia/Tokyo" };
  const named = await make({ kind: "app", workspace: "main", app: "ios", after: app });
  await expect(save()).rejects.toMatchObject({ changes: [{ id: named.id }] });
  expect(await context.watches.byId("ios-us")).toEqual(aWatch());
});

describe("the announcement of a change", () => {
  test("is posted in the ops channel with the author, before, after and Undo", async () => {
    const { context, posted } = scene;
    const { id } = await turn(aWatch({ sensitivity: "high" }));
    expect(await announceChange(id, context)).toEqual({ channels: ["C0OPS0001"], refused: [] });
    expect(posted).toHaveLength(1);
    const shown = JSON.stringify(posted[0]!.message.blocks);
    for (const words of [`<@${ada}> changed the watch`, "*Sensitivity*: normal → high", "change.undo", id])
      expect(shown).toContain(words);
    expect(shown).not.toContain("Direction");
  });

  test("is posted once however often it is tried, with the state at that time", async () => {
    const { context, posted, edited, fail } = scene;
    const { id } = await turn(aWatch({ direction: "drop" }));
    fail(1);
    await expect(announceChange(id, context)).rejects.toThrow("Slack is down");
    expect(await context.changes.unannounced()).toEqual([id]);
    await announceChange(id, context);
    expect(await context.changes.unannounced()).toEqual([]);
    await undo(id, bob, context);
    await announceChange(id, context);
    expect(posted).toHaveLength(1);
    expect(JSON.stringify(edited)).toContain(`Undone by <@${bob}>`);
    expect(JSON.stringify(edited)).not.toContain("change.undo");
  });

  /** Removes all watches at once, each from its channel. */
  const removal = async (...channels: string[]): Promise<Change> => {
    const { context } = scene;
    for (const [i, channel] of channels.entries())
      await context.watches.save(aWatch({ id: `w${i}`, channel }));
    const all = await context.watches.all();
    const plan = async () => all.map((before) => ({ kind: "watch", watchId: before.id, before }) as const);
    return (await commitAll(plan, ada, context)).entries[0]!;
  };

  test("of a removed watch is posted in its channel, of anything else in the ops channel", async () => {
    const { context } = scene;
    const rule = await make({ kind: "permissions", after: { who: "admins" } });
    expect((await announceChange(rule.id, context)).channels).toEqual(["C0OPS0001"]);
    const moved = await turn(aWatch({ channel: "C0OTHER01" }));
    expect((await announceChange(moved.id, context)).channels).toEqual(["C0OPS0001"]);
    const removed = await removal("C0ALERTS1");
    expect((await announceChange(removed.id, context)).channels.toSorted()).toEqual([
      "C0ALERTS1",
      "C0OTHER01",
    ]);
  });

  test("of settings waits for the daily list where there is no ops channel", async () => {
    const { context, posted } = scene;
    context.ops = ops;
    const rule = await make({ kind: "permissions", after: { who: "admins" } });
    expect((await announceChange(rule.id, context)).channels).toEqual([]);
    expect(posted).toEqual([]);
    expect(await context.changes.unannounced()).toEqual([]);
    for (let i = 0; i < 6; i++) await context.watches.save(aWatch({ id: `w${i}`, channel: `C0MANY00${i}` }));
    await context.watches.save(aWatch({ id: "w6", channel: "C0MANY005" }));
    const busiest = ["C0MANY005", "C0ALERTS1", "C0MANY000", "C0MANY001", "C0MANY002"];
    expect(dailyPlacesFor(rule.changed, await context.watches.all())).toEqual(busiest);
    const changed = {
      kind: "watch",
      watchId: "w0",
      after: aWatch({ id: "w0", channel: "C0MANY000" }),
    } as const;
    expect(dailyPlacesFor(changed, await context.watches.all())).toEqual(["C0MANY000"]);
  });

  test("is posted once in another channel when its only channel is gone, and the first is tried again", async () => {
    const { context, posted, refuse } = scene;
    context.ops = ops;
    await context.watches.save(aWatch({ id: "web", channel: "C0OTHER01" }));
    refuse("C0ALERTS1", "slack-destination");
    const { change } = await removeWatch("ios-us", ada, context);
    for (let tries = 0; tries < 2; tries++)
      await expect(announceChange(change!.id, context)).rejects.toThrow("Slack refuses C0ALERTS1");
    expect(posted.map(({ channel }) => channel)).toEqual(["C0OTHER01"]);
    expect(await context.changes.unannounced()).toEqual([change!.id]);
  });

  test("groups an import in one message, which is edited when one change is undone", async () => {
    const { context, posted, edited } = scene;
    const many = Array.from({ length: 217 }, (_, i) =>
      aWatch({ id: `w${i}`, channel: i < 2 ? "C0OTHER01" : "C0ALERTS1", minAbsoluteChange: i }),
    );
    const made = await commitAll(
      async () => many.map((after) => ({ kind: "watch", watchId: after.id, after }) as const),
      ada,
      context,
    );
    const ids = await context.changes.unannounced();
    expect(ids).toHaveLength(1);
    await announceChange(ids[0]!, context);
    expect(posted.map(({ channel }) => channel)).toEqual(["C0OPS0001"]);
    expect(posted[0]!.message.text).toContain("imported 217 changes");

    await undo(made.entries[1]!.id, bob, context);
    for (const id of await context.changes.unannounced()) await announceChange(id, context);
    // The undoing removes the watch that was imported.
    expect(posted.map(({ channel }) => channel)).toEqual(["C0OPS0001", "C0OTHER01"]);
    expect(JSON.stringify(edited)).toContain(`undone by <@${bob}>`);
  });

  test("reaches the other channels and ops when one channel never accepts it, and is not retried forever", async () => {
    const { context, posted, refuse } = scene;
    refuse("C0ALERTS1", "slack-rejected");
    const removed = await removal("C0OTHER01");
    expect(await announceChange(removed.id, context)).toEqual({
      channels: ["C0OTHER01", "C0OPS0001"],
      refused: ["Slack refuses C0ALERTS1. Look at it."],
    });
    expect(posted.map(({ channel }) => channel)).toEqual(["C0OTHER01", "C0OPS0001"]);
    expect(await context.changes.unannounced()).toEqual([]);
  });

  test.each(["slack-destination", "slack-workspace"] as const)(
    "waits where Slack accepts nothing now (%s), and meanwhile reaches the other channels once",
    async (failure) => {
      const { context, posted, edited, refuse } = scene;
      refuse("C0ALERTS1", failure);
      const removed = await removal("C0OTHER01");
      for (let tries = 0; tries < 2; tries++)
        await expect(announceChange(removed.id, context)).rejects.toThrow("Slack refuses C0ALERTS1");
      expect(posted.map(({ channel }) => channel)).toEqual(["C0OTHER01"]);
      expect(edited).toEqual([]);
      expect(await context.changes.unannounced()).toEqual([removed.id]);
    },
  );
});

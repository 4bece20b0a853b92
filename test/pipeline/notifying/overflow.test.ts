import { beforeEach, expect, test } from "vitest";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { AlertBudget } from "../../../src/notifications/alert-limit.ts";
import { notify } from "../../../src/pipeline/notify.ts";
import { DAY, HOUR } from "../../../src/time/time.ts";
import { anIncident, noon } from "../../builders.ts";
import { aRoom } from "../stage.ts";

const once: AlertBudget = { watch: [], channel: [{ messages: 1, within: DAY }] };

let room: ReturnType<typeof aRoom>;
beforeEach(async () => {
  room = aRoom({}, once);
  await room.stands(0);
  await room.heard();
});

/** Another incident, long enough after the first to have a cause of its own. */
const idAt = (hours: number) => `ios.drop@2026-06-16T${12 + hours}`;
async function another(hours: number, change: Partial<Incident> = {}) {
  const openedAt = noon + hours * HOUR;
  const begun = {
    id: idAt(hours),
    watchId: "ios",
    openedAt,
    lastBucket: openedAt,
    lastAnomalousBucket: openedAt,
  };
  const before = (await room.incidents.byId(begun.id)) ?? anIncident(begun);
  await room.incidents.save({ ...before, ...change });
  await room.outbox.add(begun.id, room.room);
}

const firstIsOver = () => room.stands(1, { resolvedAt: noon + HOUR });

test("what there is no room for is one digest, edited as more comes and as it ends", async () => {
  await firstIsOver();
  await room.heard();
  room.passTo(4);
  await another(4);
  const [digest, ...more] = await room.heard();
  expect(more).toEqual([]);
  expect(digest).toMatchObject({
    how: "root",
    text: expect.stringMatching(
      /^🗂️ 1 more incident since Tue 16 Jun 16:15 UTC, beyond the budget of 1 message a day: ⬇️ iOS/,
    ),
  });

  room.passTo(8);
  await another(4, { resolvedAt: noon + 6 * HOUR });
  await another(8);
  const edits = await room.heard();
  expect(edits.map(({ how }) => how)).toEqual(["edit", "edit", "reply"]);
  expect(edits.at(-2)?.text).toContain(
    "2 more incidents since Tue 16 Jun 16:15 UTC (1 open), beyond the budget",
  );
  expect(await room.heard()).toEqual([]);
  expect([...(await room.outbox.all())]).toEqual([]);
});

test("that it was told in a digest is audited, with the digest's name", async () => {
  await firstIsOver();
  await room.heard();
  room.passTo(4);
  await another(4);
  await room.heard();
  const decisions = (await room.audit.decisions("ios", 0)).filter(({ incidentId }) => incidentId === idAt(4));
  expect(decisions.map(({ decision }) => decision)).toEqual([
    { stayQuiet: "over-budget", digest: "C0ALERTS1.digest@2026-06-16T16:15" },
  ]);
});

test("an incident is told where it is, so that its end is told there once and it lives no longer", async () => {
  await firstIsOver();
  await room.heard();
  room.passTo(4);
  await another(4);
  await room.heard();
  expect((await room.incidents.byId(idAt(4)))?.told).toMatchObject({ resolved: false });
  await another(4, { resolvedAt: noon + 6 * HOUR });
  expect((await room.heard()).map(({ how }) => how)).toEqual(["edit"]);
  expect(await room.incidents.live("ios")).toEqual([]);
});

test("one that turns critical gets a message of its own as soon as there is room", async () => {
  await firstIsOver();
  await room.heard();
  room.passTo(8);
  await another(8);
  await room.heard();
  await another(8, {
    severity: "critical",
    lastBucket: noon + 9 * HOUR,
    lastAnomalousBucket: noon + 9 * HOUR,
  });
  room.passTo(9);
  expect((await room.heard()).map(({ how }) => how)).toEqual(["edit"]);

  await another(8, { lastBucket: noon + 25 * HOUR, lastAnomalousBucket: noon + 25 * HOUR });
  room.passTo(25);
  expect((await room.heard()).map(({ how, text }) => [how, text.slice(0, 8)])).toEqual([["root", "⬇️ Drop:"]]);
  await another(8, { resolvedAt: noon + 27 * HOUR });
  expect((await room.heard()).map(({ how }) => how)).toEqual(["edit", "reply"]);
});

test("a crash anywhere in between says nothing twice", async () => {
  await firstIsOver();
  await room.heard();
  room.passTo(4);
  await another(4);
  for (const step of ["digests", "causes", "incidents", "audit"] as const) {
    const broken = { ...room, [step]: failing(room[step]) };
    await expect(notify(room.room, broken as typeof room)).rejects.toThrow("crash");
  }
  await room.heard();
  expect(room.everything().filter(({ how, text }) => how === "root" && text.startsWith("🗂️"))).toHaveLength(1);
});

/** A store that takes no writes. */
function failing<Store extends object>(store: Store): Store {
  const crash = async () => {
    throw new Error("crash");
  };
  const writes = Object.keys(store).filter((name) => /^(save|record)/.test(name));
  return { ...store, ...Object.fromEntries(writes.map((name) => [name, crash])) };
}

test("a digest that somebody deleted is posted anew when there is something to say", async () => {
  await firstIsOver();
  await room.heard();
  room.passTo(4);
  await another(4);
  await room.heard();
  room.deleteAll();
  room.passTo(8);
  await another(8);
  expect((await room.heard()).map(({ how }) => how)).toEqual(["edit", "root", "reply"]);
});

test("within a moment of its last edit a digest is left alone, unless there is something new", async () => {
  await firstIsOver();
  await room.heard();
  room.passTo(4);
  await another(4);
  await room.heard();
  const hasty = { ...room, editEvery: HOUR };
  await another(4, { lastBucket: noon + 5 * HOUR, lastAnomalousBucket: noon + 5 * HOUR });
  await notify(room.room, hasty);
  expect([...(await room.outbox.all()).keys()]).toEqual([idAt(4)]);
});

test("two rooms of a channel that need a digest at once post one", async () => {
  await firstIsOver();
  await room.heard();
  room.passTo(4);
  await another(4);
  const spike = anIncident({ id: "ios.spike@2026-06-16T16", watchId: "ios", direction: "spike" });
  const spikes = room.room.replace("drop", "spike");
  await room.incidents.save(spike);
  await room.outbox.add(spike.id, spikes);

  // While the one waits for Slack's answer, another worker tells the other room.
  const { messenger } = room;
  const post: typeof messenger.post = async (...message) => {
    await notify(spikes, room);
    return messenger.post(...message);
  };
  await notify(room.room, { ...room, messenger: { ...messenger, post } });
  const digests = () => room.everything().filter(({ how, text }) => how === "root" && text.startsWith("🗂️"));
  expect(digests()).toHaveLength(1);
  expect([...(await room.outbox.all()).keys()]).toEqual([spike.id]);

  await notify(spikes, room);
  expect(digests()).toHaveLength(1);
  expect(room.everything().findLast(({ how }) => how === "edit")?.text).toContain("2 more incidents");
  expect(await room.outbox.all()).toEqual(new Map());
});

test("a digest that Slack refuses is posted when it is tried again", async () => {
  await firstIsOver();
  await room.heard();
  room.passTo(4);
  await another(4);
  const post = async () => {
    throw new Error("Slack is down");
  };
  const broken = { ...room, messenger: { ...room.messenger, post } };
  await expect(notify(room.room, broken)).rejects.toThrow("Slack is down");
  expect((await room.heard()).map(({ how }) => how)).toEqual(["root"]);
});

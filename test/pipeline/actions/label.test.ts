import { beforeEach, describe, expect, test } from "vitest";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { Label } from "../../../src/incidents/label.ts";
import { undo } from "../../../src/pipeline/actions/change.ts";
import { exclude, include } from "../../../src/pipeline/actions/exclude.ts";
import { labelIncident } from "../../../src/pipeline/actions/label.ts";
import { planEvent, removeEvent } from "../../../src/pipeline/actions/plan-event.ts";
import type { Change } from "../../../src/settings/change.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, noon } from "../../builders.ts";
import { aRoom } from "../stage.ts";

let groupKey: ReturnType<typeof aRoom>;
beforeEach(async () => {
  groupKey = aRoom();
  await groupKey.stands(0, { severity: "critical" });
  await groupKey.heard();
});

/** What Tidewatch changed by itself, oldest first. */
const adjusted = async (): Promise<Change[]> =>
  (await groupKey.changes.since(0)).filter(({ by }) => by === "Tidewatch").reverse();

const SERIES = "main.ios.all.hour";
const at = (hours: number) => noon + hours * HOUR;
const incident = async () => (await groupKey.incidents.byId(groupKey.id))!;
const excluded = async () =>
  (await groupKey.exclusions.of(SERIES)).map(({ from, to, because }) => [
    (from - noon) / HOUR,
    (to - noon) / HOUR,
    because,
  ]);

describe("a label", () => {
  test('"expected" is shown and explained, acknowledges, and excludes the hours from learning', async () => {
    const { changed } = await labelIncident(groupKey.id, "expected", "U0ADA0001", groupKey);
    expect(changed).toEqual({
      kind: "label",
      incidentId: groupKey.id,
      after: { label: "expected", by: "U0ADA0001", at: at(1.25) },
    });
    expect(await excluded()).toEqual([[0, 0, "label"]]);
    const [edit, reply, ...more] = await groupKey.heard();
    expect(more).toEqual([]);
    expect(edit).toMatchObject({
      how: "edit",
      footer: expect.stringContaining("Labelled expected by <@U0ADA0001>"),
    });
    expect(reply).toMatchObject({
      how: "reply",
      text: expect.stringMatching(/^Labelled \*expected\* by <@U0ADA0001>/),
    });
    expect((await incident()).acknowledged).toMatchObject({ by: "U0ADA0001" });
  });

  test('"expected" suppresses worsening and reminders', async () => {
    await groupKey.stands(1, { severity: "warning" });
    await labelIncident(groupKey.id, "expected", "ada", groupKey);
    await groupKey.heard();
    await groupKey.stands(2, { severity: "critical" });
    groupKey.passTo(30);
    expect((await groupKey.heard()).map(({ how }) => how)).toEqual(["edit"]);
  });

  test("that is undone restores the incident and what is learned", async () => {
    const before = await incident();
    await labelIncident(groupKey.id, "expected", "ada", groupKey);
    await groupKey.heard();
    await labelIncident(groupKey.id, undefined, "ada", groupKey);
    const { lastNotified: _told, version: _version, ...back } = await incident();
    expect(back).toEqual(expect.objectContaining(withoutTold(before)));
    expect(back).not.toHaveProperty("labelled");
    expect(back).not.toHaveProperty("acknowledged");
    expect(await excluded()).toEqual([]);
    expect((await groupKey.heard()).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^The label \*expected\* was taken back/),
    );
    // Given once more, it is said once more.
    groupKey.passTo(2);
    await labelIncident(groupKey.id, "real", "bob", groupKey);
    expect((await groupKey.heard()).map(({ how }) => how)).toContain("reply");
  });

  test("applies to all incidents of its message", async () => {
    const other = "ios.drop@2026-06-16T13";
    await groupKey.incidents.save(
      anIncident({ id: other, watchId: "ios", openedAt: at(1), lastBucket: at(1) }),
    );
    await groupKey.outbox.add(other, groupKey.groupKey);
    await groupKey.heard();
    await labelIncident(groupKey.id, "real", "ada", groupKey);
    expect((await groupKey.incidents.byId(other))?.labelled).toMatchObject({ label: "real", by: "ada" });
    expect(await excluded()).toHaveLength(2);
  });

  test('"new normal" resolves the incident, is posted once, and moves the level after its last hour', async () => {
    await groupKey.stands(3);
    await groupKey.heard();
    await labelIncident(groupKey.id, "new-normal", "ada", groupKey);
    expect(await excluded()).toEqual([[0, 3, "new-level"]]);
    const heard = await groupKey.heard();
    expect(heard.map(({ how }) => how)).toEqual(["edit", "reply"]);
    expect(heard[1]?.text).toMatch(/^➡️ Settled at a new level/);
    expect(await groupKey.heard()).toEqual([]);
    await labelIncident(groupKey.id, undefined, "ada", groupKey);
    expect(await incident()).not.toHaveProperty("resolvedAt");
    expect(await excluded()).toEqual([]);
  });

  test('"new normal" is refused for an incident that recovered, with the label to use instead', async () => {
    await groupKey.stands(3, { resolvedAt: at(3) });
    await expect(labelIncident(groupKey.id, "new-normal", "ada", groupKey)).rejects.toThrow(
      /level went back.*label it real, expected or false-alarm/,
    );
  });

  test("for an unknown incident is refused, and the error says where to find the id", async () => {
    await expect(labelIncident("ios.drop@2026-06-16T11", "real", "ada", groupKey)).rejects.toThrow(
      /its id stands below its message/,
    );
  });

  test("set by two people at once leaves the learned hours consistent with the stored label", async () => {
    await Promise.all([
      labelIncident(groupKey.id, "false-alarm", "ada", groupKey),
      labelIncident(groupKey.id, "real", "bob", groupKey),
    ]);
    const isReal = (await incident()).labelled?.label === "real";
    expect(await excluded()).toEqual(isReal ? [[0, 0, "label"]] : []);
  });
});

const withoutTold = ({ lastNotified: _, version: __, ...rest }: Incident) => rest;

describe("a level that became normal by itself", () => {
  const accepted = { by: "Tidewatch", at: at(73), bucket: at(72) };

  test("is posted once in the thread and causes no reminder", async () => {
    await groupKey.stands(72, { resolvedAt: at(72), accepted });
    const heard = await groupKey.heard();
    expect(heard.map(({ how, text }) => [how, text.slice(0, 26)])).toEqual([
      ["edit", "➡️ Settled at a new level:"],
      ["reply", "➡️ Settled at a new level:"],
    ]);
    groupKey.passTo(120);
    expect(await groupKey.heard()).toEqual([]);
  });

  test("reopens when somebody labels it real, and resolves when that label is undone", async () => {
    await groupKey.stands(72, { resolvedAt: at(72), accepted });
    await groupKey.heard();
    await labelIncident(groupKey.id, "real", "ada", groupKey);
    expect(await incident()).not.toHaveProperty("resolvedAt");
    expect((await groupKey.heard()).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^⬇️ Back again/),
    );
    await labelIncident(groupKey.id, undefined, "ada", groupKey);
    expect(await incident()).toMatchObject({ resolvedAt: at(72), accepted });
    expect((await groupKey.heard()).at(-1)?.text).toMatch(/^The label \*real\* was taken back/);
  });
});

describe("false alarms", () => {
  const earlier = (hours: number): Partial<Incident> & { id: string } => ({
    id: `ios.drop@2026-06-15T${10 + hours}`,
    watchId: "ios",
    openedAt: at(-26 + hours),
    lastBucket: at(-26 + hours),
    resolvedAt: at(-24 + hours),
  });
  const thresholdAdjustment = async () => (await groupKey.watches.byId("ios"))?.thresholdAdjustment;

  test("raise the threshold from the second among five on, which is announced and undone with the label", async () => {
    await groupKey.incidents.save(anIncident(earlier(0)));
    await labelIncident(earlier(0).id, "false-alarm", "ada", groupKey);
    expect(await thresholdAdjustment()).toBeUndefined();
    await labelIncident(groupKey.id, "false-alarm", "ada", groupKey);
    expect(await thresholdAdjustment()).toBe(1.1);
    expect(await adjusted()).toMatchObject([
      { changed: { kind: "watch", watchId: "ios", after: { thresholdAdjustment: 1.1 } } },
    ]);
    expect((await adjusted())[0]?.changed.before).not.toHaveProperty("thresholdAdjustment");
    await labelIncident(groupKey.id, undefined, "ada", groupKey);
    expect(await thresholdAdjustment()).toBeUndefined();
    expect(await adjusted()).toHaveLength(2);
  });

  test("keep a simultaneous edit of the watch", async () => {
    await groupKey.incidents.save(anIncident(earlier(0)));
    await labelIncident(earlier(0).id, "false-alarm", "ada", groupKey);
    const since: typeof groupKey.incidents.since = async (...args) => {
      const watch = (await groupKey.watches.byId("ios"))!;
      await groupKey.watches.save({ ...watch, channel: "C0NEW0000" });
      return groupKey.incidents.since(...args);
    };
    await labelIncident(groupKey.id, "false-alarm", "ada", {
      ...groupKey,
      incidents: { ...groupKey.incidents, since },
    });
    expect(await groupKey.watches.byId("ios")).toMatchObject({
      thresholdAdjustment: 1.1,
      channel: "C0NEW0000",
    });
    expect((await adjusted())[0]?.changed).toMatchObject({ before: { channel: "C0NEW0000" } });
  });

  test("do not repeat an undone increase until two new ones came", async () => {
    const label = async (hours: number, name: Label) => {
      await groupKey.incidents.save(
        (await groupKey.incidents.byId(earlier(hours).id)) ?? anIncident(earlier(hours)),
      );
      await labelIncident(earlier(hours).id, name, "ada", groupKey);
    };
    await label(0, "false-alarm");
    await label(3, "false-alarm");
    expect(await thresholdAdjustment()).toBe(1.1);
    const [raised] = await adjusted();
    await undo(raised!.id, "ada", groupKey);
    expect(await thresholdAdjustment()).toBeUndefined();

    groupKey.passTo(2);
    await label(6, "expected");
    await label(9, "false-alarm");
    expect(await thresholdAdjustment()).toBeUndefined();
    await label(12, "false-alarm");
    expect(await thresholdAdjustment()).toBe(1.1);
  });

  test("are outweighed by real incidents", async () => {
    for (const hours of [0, 3]) {
      await groupKey.incidents.save(anIncident(earlier(hours)));
      await labelIncident(earlier(hours).id, "false-alarm", "ada", groupKey);
    }
    expect(await thresholdAdjustment()).toBe(1.1);
    await labelIncident(groupKey.id, "real", "ada", groupKey);
    expect(await thresholdAdjustment()).toBeUndefined();
  });
});

test("a new normal applies to the open incidents where the message's first incident recovered", async () => {
  const other = "ios.drop@2026-06-16T13";
  await groupKey.incidents.save(anIncident({ id: other, watchId: "ios", openedAt: at(1) }));
  await groupKey.outbox.add(other, groupKey.groupKey);
  await groupKey.heard();
  await groupKey.stands(2, { resolvedAt: at(2) });
  await labelIncident(groupKey.id, "new-normal", "ada", groupKey);
  expect((await groupKey.incidents.byId(other))?.accepted).toMatchObject({ by: "ada" });
  expect((await incident()).accepted).toBeUndefined();
});

describe("an exclusion by hand", () => {
  const request = { watchId: "ios", from: at(-5), to: at(-2), by: "ada" };

  test("is stored under its own name, and can be undone and done again", async () => {
    const { changed } = await exclude(request, groupKey);
    expect(changed).toMatchObject({ kind: "exclusion", seriesId: SERIES, id: "2026-06-16T07/2026-06-16T09" });
    expect(await excluded()).toEqual([[-5, -3, "hand"]]);
    const taken = await include("ios", "2026-06-16T07/2026-06-16T09", "ada", groupKey);
    expect(await excluded()).toEqual([]);
    await undo(taken.change!.id, "ada", groupKey);
    expect(await excluded()).toEqual([[-5, -3, "hand"]]);
  });

  test.each([
    ["of no watch", { watchId: "web" }, /there is no watch "web"/],
    ["that ends before it begins", { to: at(-9) }, /name its beginning first/],
    ["of more than half of the history", { from: at(-1_000) }, /exclude less/],
  ])("%s is refused", async (_, change, message) => {
    await expect(exclude({ ...request, ...change }, groupKey)).rejects.toThrow(message);
  });

  test("cannot be removed under another name, nor where a label made it", async () => {
    await exclude(request, groupKey);
    await labelIncident(groupKey.id, "real", "ada", groupKey);
    await expect(include("ios", "yesterday", "ada", groupKey)).rejects.toThrow(
      /there are: 2026-06-16T07\/2026-06-16T09/,
    );
    await expect(include("ios", groupKey.id, "ada", groupKey)).rejects.toThrow(/change the label/);
  });
});

describe("a planned event", () => {
  const request = { name: " Push: sale ", from: at(5), to: at(8), scope: {}, by: "ada" };

  test("is stored, replaced and removed, and each step can be undone", async () => {
    const { id } = (await planEvent(request, groupKey)).changed;
    expect(id).toBe("push-sale@2026-06-16T17:00");
    expect(await groupKey.events.all()).toMatchObject([{ id, name: "Push: sale", to: at(8), by: "ada" }]);
    const moved = await planEvent({ ...request, to: at(9) }, groupKey);
    expect(moved.changed).toMatchObject({ before: { to: at(8) }, after: { to: at(9) } });
    const removed = await removeEvent(id, "ada", groupKey);
    expect(await groupKey.events.all()).toEqual([]);
    await undo(removed.change!.id, "ada", groupKey);
    expect(await groupKey.events.all()).toMatchObject([{ id, to: at(9) }]);
  });

  test.each([
    ["without a name", { name: " " }, /needs a name/],
    ["that ends before it begins", { to: at(4) }, /ends before it begins/],
    ["of half a year", { to: at(5_000) }, /longer than 28 days/],
    ["of an app that is not watched", { scope: { workspace: "main", app: "tv" } }, /nothing is watched/],
  ])("%s is refused", async (_, change, message) => {
    await expect(planEvent({ ...request, ...change }, groupKey)).rejects.toThrow(message);
  });

  test("that does not exist cannot be removed, and the error lists the existing ones", async () => {
    await planEvent(request, groupKey);
    await expect(removeEvent("sale", "ada", groupKey)).rejects.toThrow(
      /there are: push-sale@2026-06-16T17:00; those of EVENTS/,
    );
  });
});

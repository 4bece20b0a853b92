import { beforeEach, describe, expect, test } from "vitest";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { Label } from "../../../src/incidents/label.ts";
import { exclude, include } from "../../../src/pipeline/actions/exclude.ts";
import { labelIncident } from "../../../src/pipeline/actions/label.ts";
import { planEvent, removeEvent } from "../../../src/pipeline/actions/plan-event.ts";
import { undo } from "../../../src/pipeline/changes/change.ts";
import type { Change } from "../../../src/settings/change.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, noon } from "../../support/builders.ts";
import { pausing } from "../../support/pausing.ts";
import { aStage } from "../stage.ts";

let stage: ReturnType<typeof aStage>;
beforeEach(async () => {
  stage = aStage();
  await stage.stands(0, { severity: "critical" });
  await stage.newPosts();
});

/** What Tidewatch changed by itself, oldest first. */
const adjusted = async (): Promise<Change[]> =>
  (await stage.changes.since(0)).filter(({ by }) => by === "Tidewatch").reverse();

const SERIES = "main.ios.all.hour";
const at = (hours: number) => noon + hours * HOUR;
const incident = async () => (await stage.incidents.byId(stage.id))!;
const excluded = async () =>
  (await stage.exclusions.of(SERIES)).map(({ from, to, because }) => [
    (from - noon) / HOUR,
    (to - noon) / HOUR,
    because,
  ]);

describe("a label", () => {
  test('"expected" is shown and explained, acknowledges, and excludes the hours from learning', async () => {
    const { changed } = await labelIncident(stage.id, "expected", "U0ADA0001", stage);
    expect(changed).toEqual({
      kind: "label",
      incidentId: stage.id,
      after: { label: "expected", by: "U0ADA0001", at: at(1.25) },
    });
    expect(await excluded()).toEqual([[0, 0, "label"]]);
    const [edit, reply, ...more] = await stage.newPosts();
    expect(more).toEqual([]);
    expect(edit).toMatchObject({
      how: "edit",
      footer: expect.stringContaining("Labeled expected by <@U0ADA0001>"),
    });
    expect(reply).toMatchObject({
      how: "reply",
      text: expect.stringMatching(/^Labeled expected by <@U0ADA0001>/),
    });
    expect((await incident()).acknowledged).toMatchObject({ by: "U0ADA0001" });
  });

  test('"expected" suppresses worsening and reminders', async () => {
    await stage.stands(1, { severity: "warning" });
    await labelIncident(stage.id, "expected", "ada", stage);
    await stage.newPosts();
    await stage.stands(2, { severity: "critical" });
    stage.passTo(30);
    expect((await stage.newPosts()).map(({ how }) => how)).toEqual(["edit"]);
  });

  test("that is undone restores the incident and what is learned", async () => {
    const before = await incident();
    await labelIncident(stage.id, "expected", "ada", stage);
    await stage.newPosts();
    await labelIncident(stage.id, undefined, "ada", stage);
    const { lastNotified: _lastNotified, version: _version, ...back } = await incident();
    expect(back).toEqual(expect.objectContaining(withoutNotified(before)));
    expect(back).not.toHaveProperty("labelled");
    expect(back).not.toHaveProperty("acknowledged");
    expect(await excluded()).toEqual([]);
    expect((await stage.newPosts()).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^The label expected was removed/),
    );
    // Given once more, it is said once more.
    stage.passTo(2);
    await labelIncident(stage.id, "real", "bob", stage);
    expect((await stage.newPosts()).map(({ how }) => how)).toContain("reply");
  });

  test("applies to all incidents of its message", async () => {
    const other = "ios.drop@2026-06-16T13";
    await stage.incidents.save(anIncident({ id: other, watchId: "ios", openedAt: at(1), lastBucket: at(1) }));
    await stage.outbox.add(other, stage.groupKey);
    await stage.newPosts();
    await labelIncident(stage.id, "real", "ada", stage);
    expect((await stage.incidents.byId(other))?.labelled).toMatchObject({ label: "real", by: "ada" });
    expect(await excluded()).toHaveLength(2);
  });

  test('"new normal" resolves the incident, is posted once, and moves the level after its last hour', async () => {
    await stage.stands(3);
    await stage.newPosts();
    await labelIncident(stage.id, "new-normal", "ada", stage);
    expect(await excluded()).toEqual([[0, 3, "new-level"]]);
    const newPosts = await stage.newPosts();
    expect(newPosts.map(({ how }) => how)).toEqual(["edit", "reply"]);
    expect(newPosts[1]?.text).toMatch(/^➡️ New normal/);
    expect(await stage.newPosts()).toEqual([]);
    await labelIncident(stage.id, undefined, "ada", stage);
    expect(await incident()).not.toHaveProperty("resolvedAt");
    expect(await excluded()).toEqual([]);
  });

  test('"new normal" is refused for an incident that recovered, with the label to use instead', async () => {
    await stage.stands(3, { resolvedAt: at(3) });
    await expect(labelIncident(stage.id, "new-normal", "ada", stage)).rejects.toThrow(
      /level went back.*Label it real, expected or false-alarm/,
    );
  });

  test("for an unknown incident is refused, and the error says where to find the id", async () => {
    await expect(labelIncident("ios.drop@2026-06-16T11", "real", "ada", stage)).rejects.toThrow(
      /See the id at the bottom of its alert/,
    );
  });

  test("set by two people at once leaves the learned hours consistent with the stored label", async () => {
    await Promise.all([
      labelIncident(stage.id, "false-alarm", "ada", stage),
      labelIncident(stage.id, "real", "bob", stage),
    ]);
    const isReal = (await incident()).labelled?.label === "real";
    expect(await excluded()).toEqual(isReal ? [[0, 0, "label"]] : []);
  });
});

const withoutNotified = ({ lastNotified: _, version: __, ...rest }: Incident) => rest;

describe("a level that became normal by itself", () => {
  const accepted = { by: "Tidewatch", at: at(73), bucket: at(72) };

  test("is posted once in the thread and causes no reminder", async () => {
    await stage.stands(72, { resolvedAt: at(72), accepted });
    const newPosts = await stage.newPosts();
    expect(newPosts.map(({ how, text }) => [how, text.slice(0, 26)])).toEqual([
      ["edit", "➡️ New normal: iOS – about"],
      ["reply", "➡️ New normal: iOS – about"],
    ]);
    stage.passTo(120);
    expect(await stage.newPosts()).toEqual([]);
  });

  test("reopens when somebody labels it real, and resolves when that label is undone", async () => {
    await stage.stands(72, { resolvedAt: at(72), accepted });
    await stage.newPosts();
    await labelIncident(stage.id, "real", "ada", stage);
    expect(await incident()).not.toHaveProperty("resolvedAt");
    expect((await stage.newPosts()).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^(🔴 Critical|🟠 Warning), reopened: /),
    );
    await labelIncident(stage.id, undefined, "ada", stage);
    expect(await incident()).toMatchObject({ resolvedAt: at(72), accepted });
    expect((await stage.newPosts()).at(-1)?.text).toMatch(/^The label real was removed/);
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
  const thresholdAdjustment = async () => (await stage.watches.byId("ios"))?.thresholdAdjustment;

  test("raise the threshold from the second among five on, which is announced and undone with the label", async () => {
    await stage.incidents.save(anIncident(earlier(0)));
    await labelIncident(earlier(0).id, "false-alarm", "ada", stage);
    expect(await thresholdAdjustment()).toBeUndefined();
    await labelIncident(stage.id, "false-alarm", "ada", stage);
    expect(await thresholdAdjustment()).toBe(1.1);
    expect(await adjusted()).toMatchObject([
      { changed: { kind: "watch", watchId: "ios", after: { thresholdAdjustment: 1.1 } } },
    ]);
    expect((await adjusted())[0]?.changed.before).not.toHaveProperty("thresholdAdjustment");
    await labelIncident(stage.id, undefined, "ada", stage);
    expect(await thresholdAdjustment()).toBeUndefined();
    expect(await adjusted()).toHaveLength(2);
  });

  test("keep a simultaneous edit of the watch", async () => {
    await stage.incidents.save(anIncident(earlier(0)));
    await labelIncident(earlier(0).id, "false-alarm", "ada", stage);
    const { port: incidents, reached, letThrough } = pausing(stage.incidents, "since");
    const labelling = labelIncident(stage.id, "false-alarm", "ada", { ...stage, incidents });
    await reached;
    const watch = (await stage.watches.byId("ios"))!;
    await stage.watches.save({ ...watch, channel: "C0NEW0000" });
    letThrough();
    await labelling;
    expect(await stage.watches.byId("ios")).toMatchObject({
      thresholdAdjustment: 1.1,
      channel: "C0NEW0000",
    });
    expect((await adjusted())[0]?.changed).toMatchObject({ before: { channel: "C0NEW0000" } });
  });

  test("do not repeat an undone increase until two new ones came", async () => {
    const label = async (hours: number, name: Label) => {
      await stage.incidents.save(
        (await stage.incidents.byId(earlier(hours).id)) ?? anIncident(earlier(hours)),
      );
      await labelIncident(earlier(hours).id, name, "ada", stage);
    };
    await label(0, "false-alarm");
    await label(3, "false-alarm");
    expect(await thresholdAdjustment()).toBe(1.1);
    const [raised] = await adjusted();
    await undo(raised!.id, "ada", stage);
    expect(await thresholdAdjustment()).toBeUndefined();

    stage.passTo(2);
    await label(6, "expected");
    await label(9, "false-alarm");
    expect(await thresholdAdjustment()).toBeUndefined();
    await label(12, "false-alarm");
    expect(await thresholdAdjustment()).toBe(1.1);
  });

  test("are outweighed by real incidents", async () => {
    for (const hours of [0, 3]) {
      await stage.incidents.save(anIncident(earlier(hours)));
      await labelIncident(earlier(hours).id, "false-alarm", "ada", stage);
    }
    expect(await thresholdAdjustment()).toBe(1.1);
    await labelIncident(stage.id, "real", "ada", stage);
    expect(await thresholdAdjustment()).toBeUndefined();
  });
});

test("a new normal applies to the open incidents where the message's first incident recovered", async () => {
  const other = "ios.drop@2026-06-16T13";
  await stage.incidents.save(anIncident({ id: other, watchId: "ios", openedAt: at(1) }));
  await stage.outbox.add(other, stage.groupKey);
  await stage.newPosts();
  await stage.stands(2, { resolvedAt: at(2) });
  await labelIncident(stage.id, "new-normal", "ada", stage);
  expect((await stage.incidents.byId(other))?.accepted).toMatchObject({ by: "ada" });
  expect((await incident()).accepted).toBeUndefined();
});

describe("an exclusion by hand", () => {
  const request = { watchId: "ios", from: at(-5), to: at(-2), by: "ada" };

  test("is stored under its own name, and can be undone and done again", async () => {
    const { changed } = await exclude(request, stage);
    expect(changed).toMatchObject({ kind: "exclusion", seriesId: SERIES, id: "2026-06-16T07/2026-06-16T09" });
    expect(await excluded()).toEqual([[-5, -3, "hand"]]);
    const taken = await include("ios", "2026-06-16T07/2026-06-16T09", "ada", stage);
    expect(await excluded()).toEqual([]);
    await undo(taken.change!.id, "ada", stage);
    expect(await excluded()).toEqual([[-5, -3, "hand"]]);
  });

  test.each([
    ["of no watch", { watchId: "web" }, /there is no watch "web"/],
    ["that ends before it begins", { to: at(-9) }, /Type the beginning first/],
    ["of more than half of the history", { from: at(-1_000) }, /Exclude less/],
  ])("%s is refused", async (_, change, message) => {
    await expect(exclude({ ...request, ...change }, stage)).rejects.toThrow(message);
  });

  test("cannot be removed under another name, nor where a label made it", async () => {
    await exclude(request, stage);
    await labelIncident(stage.id, "real", "ada", stage);
    await expect(include("ios", "yesterday", "ada", stage)).rejects.toThrow(
      /Use one of: 2026-06-16T07\/2026-06-16T09/,
    );
    await expect(include("ios", stage.id, "ada", stage)).rejects.toThrow(/Change the label/);
  });
});

describe("a planned event", () => {
  const request = { name: " Push: sale ", from: at(5), to: at(8), scope: {}, by: "ada" };

  test("is stored, replaced and removed, and each step can be undone", async () => {
    const { id } = (await planEvent(request, stage)).changed;
    expect(id).toBe("push-sale@2026-06-16T17:00");
    expect(await stage.events.all()).toMatchObject([{ id, name: "Push: sale", to: at(8), by: "ada" }]);
    const moved = await planEvent({ ...request, to: at(9) }, stage);
    expect(moved.changed).toMatchObject({ before: { to: at(8) }, after: { to: at(9) } });
    const removed = await removeEvent(id, "ada", stage);
    expect(await stage.events.all()).toEqual([]);
    await undo(removed.change!.id, "ada", stage);
    expect(await stage.events.all()).toMatchObject([{ id, to: at(9) }]);
  });

  test.each([
    ["without a name", { name: " " }, /must have a name/],
    ["that ends before it begins", { to: at(4) }, /ends before it begins/],
    ["of half a year", { to: at(5_000) }, /at most 28 days/],
    ["of an app that is not watched", { scope: { workspace: "main", app: "tv" } }, /no watch matches/],
  ])("%s is refused", async (_, change, message) => {
    await expect(planEvent({ ...request, ...change }, stage)).rejects.toThrow(message);
  });

  test("that does not exist cannot be removed, and the error lists the existing ones", async () => {
    await planEvent(request, stage);
    await expect(removeEvent("sale", "ada", stage)).rejects.toThrow(
      /Use one of: push-sale@2026-06-16T17:00\. Remove events of EVENTS/,
    );
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { readBackup, writeBackup } from "../../../src/adapters/backup/read-backup.ts";
import { exportAll, type ImportOptions, importAll } from "../../../src/pipeline/changes/backup.ts";
import type { ReadBackup } from "../../../src/pipeline/changes/check-backup.ts";
import type { Backup } from "../../../src/settings/backup.ts";
import { subjectOf } from "../../../src/settings/change.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anEvent, anExclusion, anIncident, aWatch, noon } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";

const open = () => ({
  ...aContext(),
  workspaces: [
    { name: "main", zone: "UTC" },
    { name: "eu", zone: "Europe/Berlin" },
  ],
  clock: () => noon,
});

type Room = ReturnType<typeof open>;

const importing = async (...[read, options, context]: [ReadBackup, ImportOptions, Room]) =>
  (await importAll(read, options, "ada", context)).changed;

const label = { label: "real", by: "U0ADA0001", at: noon } as const;

async function fill(stage: Room): Promise<void> {
  await stage.watches.save(aWatch());
  await stage.watches.save(
    aWatch({ id: "vip", channel: "C0ALERTS2", thresholdAdjustment: 1.2, owner: "U0ADA0001" }),
  );
  await stage.apps.save({ workspace: "eu", app: "ios", name: "iOS", zone: "Europe/London" });
  await stage.events.save(anEvent());
  await stage.exclusions.save(anExclusion());
  await stage.mutes.save({
    scope: { kind: "channel", channel: "C0ALERTS2" },
    by: "ada",
    at: noon,
    until: noon + HOUR,
    incidents: [],
  });
  await stage.incidents.save(anIncident({ labelled: label }));
  await stage.incidents.save(anIncident({ id: "ios-us.spike@2026-06-15T12", direction: "spike" }));
  await stage.permissions.set({ who: "members" });
}

let stage: Room;
let text: string;
beforeEach(async () => {
  stage = open();
  await fill(stage);
  text = writeBackup(await exportAll(stage));
});

const without = ({ at: _, incidents, ...rest }: Backup) => ({
  ...rest,
  incidents: incidents.map(({ version: _, ...incident }) => incident),
});

const changed = (over: object) => JSON.stringify({ ...JSON.parse(text), ...over });

describe("an import", () => {
  test("into an empty store restores everything", async () => {
    const empty = open();
    const changes = await importing(readBackup(text), { mode: "replace" }, empty);
    expect(without(await exportAll(empty))).toEqual(without(await exportAll(stage)));
    expect(changes.every(({ before }) => before === undefined)).toBe(true);
    expect(changes.map(subjectOf)).toEqual([
      "watch ios-us",
      "watch vip",
      "app eu.ios",
      "event push@2026-06-16T12:00",
      "exclusion main.ios.us.hour 2026-06-16T12/2026-06-16T14",
      "label ios-us.drop@2026-06-16T12",
      "mute channel C0ALERTS2",
      "permissions",
    ]);
  });

  test("of existing settings changes nothing, however often it runs", async () => {
    expect(await importing(readBackup(text), { mode: "replace" }, stage)).toEqual([]);
    expect(await importing(readBackup(text), { mode: "add" }, stage)).toEqual([]);
  });

  test("that adds leaves other settings alone; one that replaces removes them", async () => {
    const later = changed({ watches: [JSON.parse(text).watches[0]], events: [], mutes: [], incidents: [] });
    expect(await importing(readBackup(later), { mode: "add" }, stage)).toEqual([]);
    const removed = await importing(readBackup(later), { mode: "replace" }, stage);
    expect(removed.map(subjectOf)).toEqual([
      "watch vip",
      "event push@2026-06-16T12:00",
      "label ios-us.drop@2026-06-16T12",
      "mute channel C0ALERTS2",
    ]);
    expect((await stage.watches.all()).map(({ id }) => id)).toEqual(["ios-us"]);
    expect((await stage.incidents.byId("ios-us.drop@2026-06-16T12"))?.labelled).toBeUndefined();
    expect(await stage.events.all()).toEqual([]);
  });

  test("without permissions never resets the permissions", async () => {
    const { permissions: _, ...rest } = JSON.parse(text);
    expect(await importing(readBackup(JSON.stringify(rest)), { mode: "replace" }, stage)).toEqual([]);
    expect(await stage.permissions.get()).toEqual({ who: "members" });
  });

  test("sets existing things to what the backup says, and reports before and after", async () => {
    const before = aWatch({ sensitivity: "high" });
    await stage.watches.save(before);
    expect(await importing(readBackup(text), { mode: "add" }, stage)).toEqual([
      { kind: "watch", watchId: "ios-us", before, after: aWatch() },
    ]);
    expect(await stage.watches.byId("ios-us")).toEqual(aWatch());
  });

  test("in a dry run reports the same and changes nothing", async () => {
    const empty = open();
    const trial = await importing(readBackup(text), { mode: "replace", isTrial: true }, empty);
    expect(await empty.watches.all()).toEqual([]);
    expect(trial).toEqual(await importing(readBackup(text), { mode: "replace" }, empty));
  });
});

test("with errors reports all of them with their places and imports nothing", async () => {
  const { watches, events, apps, exclusions, incidents } = JSON.parse(text);
  const wrong = changed({
    watches: [
      { ...watches[0], channel: "alerts" },
      { ...watches[0], id: "Twin!", series: { ...watches[0].series, workspace: "asia" } },
      { ...watches[1], minRelativeChange: 7 },
      watches[1],
    ],
    apps: [{ ...apps[0], zone: "Mars/Base" }, { name: "x" }],
    events: [{ ...events[0], to: events[0].from }],
    exclusions: [{ ...exclusions[0], seriesId: "nothing", from: 1 }],
    incidents: [{ ...incidents[0], watchId: "vip" }],
  });
  const empty = open();
  const error = await importing(readBackup(wrong), { mode: "replace" }, empty).catch(
    (reason: Error) => reason,
  );
  expect(String(error)).toMatch(/^InputError: nothing was imported because of \d+ errors:/);
  for (const problem of [
    /watches\[0\]: channel: "alerts" is not a Slack channel id/,
    /watches\[1\]: unknown workspace "asia"\. Use one of: main, eu/,
    /watches\[1\]: id: "Twin!" must consist of/,
    /watches\[2\]: minChange: /,
    /watches\[3\]: "vip" already exists, at watches\[2\]/,
    /apps\[0\]: zone: "Mars\/Base" is not a time zone/,
    /apps\[1\]\.workspace: /,
    /events\[0\]: to: must be after the beginning/,
    /exclusions\[0\]: seriesId: nothing does not name a series/,
    /incidents\[0\]: watchId: the incident \S+ belongs to "ios-us"/,
  ])
    expect(String(error)).toMatch(problem);
  expect(without(await exportAll(empty))).toMatchObject({ watches: [], apps: [], events: [] });
});

test("of a watch that equals another is refused when it adds, and accepted when it replaces that one", async () => {
  const twin = changed({ watches: [{ ...JSON.parse(text).watches[0], id: "twin" }] });
  await expect(importing(readBackup(twin), { mode: "add" }, stage)).rejects.toThrow(/as ios-us does/);
  await importing(readBackup(twin), { mode: "replace" }, stage);
  expect((await stage.watches.all()).map(({ id }) => id)).toEqual(["twin"]);
});

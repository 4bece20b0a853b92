import { beforeEach, describe, expect, test } from "vitest";
import { InputError, PermanentError } from "../../../src/errors.ts";
import { addWatch, editWatch, removeWatch } from "../../../src/pipeline/actions/watch.ts";
import { requestOf, type WatchRequest } from "../../../src/pipeline/actions/watch-request.ts";
import { undo } from "../../../src/pipeline/changes/change.ts";
import { seriesId } from "../../../src/series/series.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, noon } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";

let stores: ReturnType<typeof aContext>;
let now = noon;
let asked: string[];
const context = () => ({
  ...stores,
  clock: () => now,
  probe: async (series: { segment?: string }) => {
    asked.push(series.segment ?? "everybody");
    if (series.segment === "unknown")
      throw new PermanentError("Braze answered 400: no such segment", {
        failure: "braze-unknown-id",
        advice: "Check the segment.",
      });
  },
});
beforeEach(() => {
  stores = aContext();
  now = noon;
  asked = [];
});

const add = async (asked: WatchRequest) => (await addWatch(asked, "ada", context())).changed;
const edit = async (id: string, asked: WatchRequest) =>
  (await editWatch(id, () => asked, "ada", context())).changed;
const remove = async (id: string) => (await removeWatch(id, "ada", context())).changed;

const request: WatchRequest = {
  workspace: "main",
  app: "ios",
  appName: "iOS",
  segment: "us",
  segmentName: "US",
  unit: "hour",
  channel: "C0ALERTS1",
};

test("adding, editing and removing a watch each return a change that can be announced and undone", async () => {
  const added = await add(request);
  expect(added).toMatchObject({ kind: "watch", watchId: "ios-us", after: { appName: "iOS" } });
  expect(added).not.toHaveProperty("before");

  now += HOUR;
  const edited = await edit("ios-us", { ...requestOf(added.after), sensitivity: "high" });
  expect(edited.before).toEqual(added.after);
  expect(edited.after).toEqual({ ...added.after, sensitivity: "high" });

  const removed = await remove("ios-us");
  expect(removed).toEqual({ kind: "watch", watchId: "ios-us", before: edited.after });
  expect(await stores.watches.all()).toEqual([]);
  expect((await stores.changes.since(0)).map(({ by, changed }) => [by, changed])).toEqual([
    ["ada", removed],
    ["ada", edited],
    ["ada", added],
  ]);

  await undo((await stores.changes.since(0))[0]!.id, "ada", context());
  expect(await stores.watches.all()).toEqual([edited.after]);
});

test("owner, runbook and quiet hours are set by an edit that names them and removed by one that does not", async () => {
  const { after } = await add({ ...request, owner: "U0ADA0001", runbook: "https://wiki.test/ios" });
  expect(after).toMatchObject({ owner: "U0ADA0001", runbook: "https://wiki.test/ios" });
  const edited = await edit("ios-us", request);
  expect(edited.after).not.toHaveProperty("owner");
  expect(edited.after).not.toHaveProperty("runbook");
});

test("a watch on a series without watches does not reuse what an old job left there", async () => {
  const { watchId, after } = await add(request);
  await remove(watchId);
  // The job that read its history at that moment goes on to its end.
  const id = seriesId(after.series);
  await stores.series.write(id, [{ bucket: noon, value: 5 }], noon, noon);
  await stores.progress.save(id, { collectedThrough: noon, evaluatedThrough: noon });
  await stores.ingestionDelays.save(id, { usual: HOUR, spread: 0 });

  now += 24 * HOUR;
  await add(request);
  expect(await stores.progress.of(id)).toBeUndefined();
  expect(await stores.series.read(id)).toBeUndefined();
  expect(await stores.ingestionDelays.of(id)).toBeUndefined();
});

test("a watch with the name of one removed during an incident gets a name of its own", async () => {
  const { watchId } = await add(request);
  await stores.incidents.save(anIncident());
  await remove(watchId);
  expect((await add({ ...request, segment: "eu" })).watchId).toBe("ios-us-2");

  const removal = (await stores.changes.since(0)).find(({ changed }) => !changed.after);
  await undo(removal!.id, "ada", context());
  expect((await stores.incidents.live("ios-us")).map(({ watchId }) => watchId)).toEqual(["ios-us"]);
});

test("an edit that keeps the series sends Braze nothing and keeps its history and detector state", async () => {
  const { after } = await add(request);
  await stores.watches.save({ ...after, thresholdAdjustment: 1.2 });
  await stores.series.write(seriesId(after.series), [], noon, noon);
  asked = [];
  now += HOUR;
  const edited = await edit("ios-us", { ...request, channel: "C0OTHER01" });
  expect(edited.after).toMatchObject({ createdAt: noon, thresholdAdjustment: 1.2, channel: "C0OTHER01" });
  expect(asked).toEqual([]);
  expect(await stores.series.read(seriesId(after.series))).toBeDefined();
});

test("an edit that moves to another series removes a history that no other watch uses", async () => {
  const { after } = await add(request);
  await stores.watches.save({ ...after, thresholdAdjustment: 1.2 });
  await stores.series.write(seriesId(after.series), [], noon, noon);
  now += HOUR;
  const moved = await edit("ios-us", { ...request, segment: "vip" });
  expect(moved.after).toMatchObject({ id: "ios-us", createdAt: noon + HOUR });
  expect(moved.after).not.toHaveProperty("thresholdAdjustment");
  expect(asked).toEqual(["us", "vip"]);
  expect(await stores.series.read(seriesId(after.series))).toBeUndefined();
});

describe("a watch is refused with what was wrong and the field", () => {
  test.each<[string, Partial<WatchRequest>, string, RegExp]>([
    ["a channel's name", { channel: "#alerts" }, "channel", /not a Slack channel id/],
    ["an app that is no id", { app: "my app" }, "app", /not a Braze app id/],
    [
      "a segment Braze does not know",
      { segment: "unknown" },
      "segment",
      /no such segment. Check the segment/,
    ],
    ["an owner's name", { owner: "@ada" }, "owner", /not a Slack user/],
    ["a runbook without https", { runbook: "http://wiki.test" }, "runbook", /starts with https:/],
    ["a script for a runbook", { runbook: "javascript:alert(1)" }, "runbook", /starts with https:/],
    ["no false alarms at all", { sensitivity: { alertsPerMonth: 0 } }, "falseAlarms", /more than 0/],
    [
      "a number of false alarms that is none",
      { sensitivity: { alertsPerMonth: Number.NaN } },
      "falseAlarms",
      /more than 0/,
    ],
    ["a least change of 200%", { minRelativeChange: 2 }, "minChange", /0% to 100%/],
    ["less than no sessions", { minAbsoluteChange: -1 }, "minCount", /0 or more/],
  ])("%s", async (_, change, field, message) => {
    const error = await add({ ...request, ...change }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ field, message: expect.stringMatching(message) });
    expect(await stores.watches.all()).toEqual([]);
  });

  test("for the same series and channel as another watch", async () => {
    await add(request);
    await expect(add(request)).rejects.toThrow(/the watch ios-us already alerts that channel about iOS · US/);
    await add({ ...request, channel: "C0OTHER01" });
    await expect(edit("ios-us-2", request)).rejects.toMatchObject({ field: "channel" });
  });

  test("for another series during an incident", async () => {
    await add(request);
    await stores.incidents.save(anIncident());
    await expect(edit("ios-us", { ...request, segment: "vip" })).rejects.toThrow(
      /open incident \(ios-us.drop@2026-06-16T12\)/,
    );
    await edit("ios-us", { ...request, sensitivity: "low" });
  });

  test("when it does not exist, and the error lists the existing watches", async () => {
    await add(request);
    for (const act of [edit("iso", request), remove("iso")])
      await expect(act).rejects.toThrow('there is no watch "iso". Use one of: ios-us');
  });
});

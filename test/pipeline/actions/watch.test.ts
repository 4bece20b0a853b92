import { beforeEach, describe, expect, test } from "vitest";
import { InputError, PermanentError } from "../../../src/errors.ts";
import { addWatch, editWatch, removeWatch, setWatch } from "../../../src/pipeline/actions/watch.ts";
import { requestOf, type WatchRequest } from "../../../src/pipeline/actions/watch-request.ts";
import { seriesId } from "../../../src/series/series.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, noon } from "../../builders.ts";
import { fakeStores } from "../../fakes.ts";

let stores: ReturnType<typeof fakeStores>;
let now = noon;
let asked: string[];
const deps = () => ({
  ...stores,
  clock: () => now,
  probe: async (series: { segment?: string }) => {
    asked.push(series.segment ?? "everybody");
    if (series.segment === "unknown")
      throw new PermanentError("Braze answered 400: no such segment", {
        trouble: "braze-unknown-id",
        advice: "Check the segment.",
      });
  },
});
beforeEach(() => {
  stores = fakeStores();
  now = noon;
  asked = [];
});

const request: WatchRequest = {
  workspace: "main",
  app: "ios",
  appName: "iOS",
  segment: "us",
  segmentName: "US",
  unit: "hour",
  channel: "C0ALERTS1",
};

test("what is added, edited and removed is answered as a change that can be told and undone", async () => {
  const added = await addWatch(request, deps());
  expect(added).toMatchObject({ kind: "watch", watchId: "ios-us", after: { appName: "iOS" } });
  expect(added).not.toHaveProperty("before");

  now += HOUR;
  const edited = await editWatch("ios-us", { ...requestOf(added.after), sensitivity: "high" }, deps());
  expect(edited.before).toEqual(added.after);
  expect(edited.after).toEqual({ ...added.after, sensitivity: "high" });

  const removed = await removeWatch("ios-us", deps());
  expect(removed).toEqual({ kind: "watch", watchId: "ios-us", before: edited.after });
  expect(await stores.watches.all()).toEqual([]);

  await setWatch("ios-us", removed.before, deps());
  expect(await stores.watches.all()).toEqual([edited.after]);
});

test("owner, runbook and quiet hours come with an edit that names them, and go with one that does not", async () => {
  const { after } = await addWatch(
    { ...request, owner: "U0ADA0001", runbook: "https://wiki.test/ios" },
    deps(),
  );
  expect(after).toMatchObject({ owner: "U0ADA0001", runbook: "https://wiki.test/ios" });
  const edited = await editWatch("ios-us", request, deps());
  expect(edited.after).not.toHaveProperty("owner");
  expect(edited.after).not.toHaveProperty("runbook");
});

test("what a job left behind of a series that nobody watched any more is not taken up where it is watched again", async () => {
  const { watchId, after } = await addWatch(request, deps());
  await removeWatch(watchId, deps());
  // The job that read its history at that moment goes on to its end.
  const id = seriesId(after.series);
  await stores.series.write(id, [{ bucket: noon, sessions: 5 }], noon, noon);
  await stores.progress.save(id, { collectedThrough: noon, judgedThrough: noon });
  await stores.arrivals.save(id, { usual: HOUR, spread: 0 });

  now += 24 * HOUR;
  await addWatch(request, deps());
  expect(await stores.progress.of(id)).toBeUndefined();
  expect(await stores.series.read(id)).toBeUndefined();
  expect(await stores.arrivals.of(id)).toBeUndefined();
});

test("what is named like a watch that went in the middle of an incident gets a name of its own", async () => {
  const { watchId, after } = await addWatch(request, deps());
  await stores.incidents.save(anIncident());
  await removeWatch(watchId, deps());
  expect((await addWatch({ ...request, segment: "eu" }, deps())).watchId).toBe("ios-us-2");

  await setWatch(watchId, after, deps());
  expect((await stores.incidents.live("ios-us")).map(({ watchId }) => watchId)).toEqual(["ios-us"]);
});

test("an edit that leaves the series asks Braze nothing, and keeps its history and what was learned of it", async () => {
  const { after } = await addWatch(request, deps());
  await stores.watches.save({ ...after, lenience: 1.2 });
  await stores.series.write(seriesId(after.series), [], noon, noon);
  asked = [];
  now += HOUR;
  const edited = await editWatch("ios-us", { ...request, channel: "C0OTHER01" }, deps());
  expect(edited.after).toMatchObject({ createdAt: noon, lenience: 1.2, channel: "C0OTHER01" });
  expect(asked).toEqual([]);
  expect(await stores.series.read(seriesId(after.series))).toBeDefined();
});

test("an edit that moves to another series forgets the history that nobody else looks at", async () => {
  const { after } = await addWatch(request, deps());
  await stores.watches.save({ ...after, lenience: 1.2 });
  await stores.series.write(seriesId(after.series), [], noon, noon);
  now += HOUR;
  const moved = await editWatch("ios-us", { ...request, segment: "vip" }, deps());
  expect(moved.after).toMatchObject({ id: "ios-us", createdAt: noon + HOUR });
  expect(moved.after).not.toHaveProperty("lenience");
  expect(asked).toEqual(["us", "vip"]);
  expect(await stores.series.read(seriesId(after.series))).toBeUndefined();
});

describe("refused, saying what was wrong and beside which field", () => {
  test.each<[string, Partial<WatchRequest>, string, RegExp]>([
    ["a channel's name", { channel: "#alerts" }, "channel", /no Slack channel id/],
    ["an app that is no id", { app: "my app" }, "app", /no Braze app id/],
    [
      "a segment Braze does not know",
      { segment: "unknown" },
      "segment",
      /no such segment. Check the segment/,
    ],
    ["an owner's name", { owner: "@ada" }, "owner", /no Slack user/],
    ["a runbook without https", { runbook: "http://wiki.test" }, "runbook", /begins with https/],
    ["a script for a runbook", { runbook: "javascript:alert(1)" }, "runbook", /begins with https/],
    ["a budget of nothing", { sensitivity: { alertsPerMonth: 0 } }, "budget", /more than 0/],
    ["a budget of no number", { sensitivity: { alertsPerMonth: Number.NaN } }, "budget", /more than 0/],
    ["a least change of 200 %", { minRelativeChange: 2 }, "minChange", /0 to 100 %/],
    ["less than no sessions", { minAbsoluteChange: -1 }, "minSessions", /0 or more/],
  ])("%s", async (_, change, field, message) => {
    const error = await addWatch({ ...request, ...change }, deps()).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ field, message: expect.stringMatching(message) });
    expect(await stores.watches.all()).toEqual([]);
  });

  test("a second watch of the same for the same channel", async () => {
    await addWatch(request, deps());
    await expect(addWatch(request, deps())).rejects.toThrow(
      /the watch ios-us tells that channel of iOS · US already/,
    );
    await addWatch({ ...request, channel: "C0OTHER01" }, deps());
    await expect(editWatch("ios-us-2", request, deps())).rejects.toMatchObject({ field: "channel" });
  });

  test("another series in the middle of an incident", async () => {
    await addWatch(request, deps());
    await stores.incidents.save(anIncident());
    await expect(editWatch("ios-us", { ...request, segment: "vip" }, deps())).rejects.toThrow(
      /in the middle of ios-us.drop@2026-06-16T12/,
    );
    await editWatch("ios-us", { ...request, sensitivity: "low" }, deps());
  });

  test("a watch that is not there, naming those that are", async () => {
    await addWatch(request, deps());
    for (const act of [editWatch("iso", request, deps()), removeWatch("iso", deps())])
      await expect(act).rejects.toThrow('there is no watch "iso"; there are: ios-us');
  });
});

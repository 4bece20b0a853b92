import { beforeEach, describe, expect, test } from "vitest";
import type { WatchStore } from "../../src/pipeline/ports/settings.ts";
import { aWatch } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

const ios = { workspace: "main", app: "ios", unit: "hour" } as const;
const web = { workspace: "main", app: "web", unit: "hour" } as const;

describe.each(kinds)("watches in %s", (_, open) => {
  let watches: WatchStore;
  beforeEach(() => {
    watches = open().watches;
  });

  test("the store is empty at first", async () => {
    expect(await watches.all()).toEqual([]);
    expect(await watches.byId("ios")).toBeUndefined();
    expect(await watches.forSeries("main.ios.all.hour")).toEqual([]);
    expect(await watches.seriesIds()).toEqual([]);
  });

  test.each([
    ["all it may have", aWatch({ sensitivity: { alertsPerMonth: 0.5 }, minAbsoluteChange: 20 })],
    ["only what it must", (({ segmentName: _, ...watch }) => watch)(aWatch({ id: "all", series: ios }))],
  ])("a watch with %s comes back whole", async (_, watch) => {
    await watches.save(watch);
    expect(await watches.byId(watch.id)).toEqual(watch);
    expect(await watches.all()).toEqual([watch]);
  });

  test("watches of one series share it", async () => {
    await watches.save(aWatch({ id: "b", series: ios }));
    await watches.save(aWatch({ id: "a", series: ios }));
    await watches.save(aWatch({ id: "c", series: web }));
    const ids = (await watches.forSeries("main.ios.all.hour")).map(({ id }) => id);
    expect(ids.sort()).toEqual(["a", "b"]);
    expect(await watches.seriesIds()).toEqual(["main.ios.all.hour", "main.web.all.hour"]);
  });

  test("saving a watch again replaces it, and removes it from the series that it no longer uses", async () => {
    await watches.save(aWatch({ id: "a", series: ios, channel: "C0OLD0000" }));
    await watches.save(aWatch({ id: "a", series: web, channel: "C0NEW0000" }));
    expect((await watches.all()).map(({ channel }) => channel)).toEqual(["C0NEW0000"]);
    expect(await watches.forSeries("main.ios.all.hour")).toEqual([]);
    expect(await watches.seriesIds()).toEqual(["main.web.all.hour"]);
  });

  test("saving the same twice changes nothing", async () => {
    const watch = aWatch({ series: ios });
    await watches.save(watch);
    await watches.save(watch);
    expect(await watches.forSeries("main.ios.all.hour")).toEqual([watch]);
  });

  test("removing the last watch of a series removes the series, and the result says whether there was one", async () => {
    await watches.save(aWatch({ id: "a", series: ios }));
    await watches.save(aWatch({ id: "b", series: ios }));
    expect(await watches.remove("a")).toBe(true);
    expect(await watches.seriesIds()).toEqual(["main.ios.all.hour"]);
    expect(await watches.remove("b")).toBe(true);
    expect(await watches.remove("b")).toBe(false);
    expect(await watches.seriesIds()).toEqual([]);
    expect(await watches.all()).toEqual([]);
  });

  test("the list and its index agree after many simultaneous changes", async () => {
    const series = [ios, web];
    const changes = Array.from({ length: 60 }, (_, i) =>
      i % 7 === 0
        ? watches.remove(`w${i % 5}`)
        : watches.save(aWatch({ id: `w${i % 5}`, series: series[i % 2]! })),
    );
    await Promise.all(changes);
    const found = await Promise.all((await watches.seriesIds()).map((id) => watches.forSeries(id)));
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(found.flat().sort(byId)).toEqual((await watches.all()).sort(byId));
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import type { Change, Changed } from "../../src/settings/change.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { aWatch, noon } from "../builders.ts";
import { kinds, type Stores } from "./kinds.ts";

const aChange = (over: Partial<Change> = {}): Change => ({
  id: "watch-1",
  at: noon,
  by: "U0ADA0001",
  changed: { kind: "watch", watchId: "ios-us", after: aWatch() },
  ...over,
});

const ofEachKind: Changed[] = [
  {
    kind: "watch",
    watchId: "ios-us",
    before: aWatch(),
    after: aWatch({ sensitivity: { alertsPerMonth: 2 } }),
  },
  {
    kind: "mute",
    scope: { kind: "app", workspace: "main", app: "ios" },
    after: {
      scope: { kind: "app", workspace: "main", app: "ios" },
      by: "U1",
      at: noon,
      until: "recovery",
      incidents: [],
    },
  },
  {
    kind: "label",
    incidentId: "ios.drop@2026-06-16T12",
    after: { label: "false-alarm", by: "U1", at: noon },
  },
  {
    kind: "exclusion",
    seriesId: "main.ios.all.hour",
    id: "2026-06-16T12/2026-06-16T15",
    after: {
      id: "2026-06-16T12/2026-06-16T15",
      seriesId: "main.ios.all.hour",
      from: noon,
      to: noon + 3 * HOUR,
      because: "hand",
      by: "U1",
      at: noon,
    },
  },
  {
    kind: "event",
    id: "sale@2026-06-16T12:00",
    before: {
      id: "sale@2026-06-16T12:00",
      name: "Sale",
      from: noon,
      to: noon + DAY,
      scope: { app: "ios" },
      by: "U1",
      at: noon,
    },
  },
  { kind: "app", workspace: "main", app: "ios", after: { workspace: "main", app: "ios", name: "iOS" } },
  { kind: "access", before: { who: "everyone" }, after: { who: "group", group: "S0OPS0001" } },
];

describe.each(kinds)("in %s, changes", (_, open) => {
  let changes: Stores["changes"];
  beforeEach(() => {
    ({ changes } = open());
  });

  test.each(ofEachKind.map((changed) => [changed.kind, changed] as const))(
    "of a %s are kept whole",
    async (_, changed) => {
      const change = aChange({ changed });
      expect(await changes.byId(change.id)).toBeUndefined();
      await changes.record(change);
      expect(await changes.byId(change.id)).toEqual(change);
      expect(await changes.since(noon)).toEqual([change]);
    },
  );

  test("are listed newest first, and each is kept as it was first recorded", async () => {
    const older = aChange({ id: "older", at: noon - HOUR });
    const newer = aChange({ id: "newer" });
    for (const change of [newer, older, { ...older, by: "U0EVE0001" }]) await changes.record(change);
    expect(await changes.since(noon - DAY)).toEqual([newer, older]);
    expect(await changes.since(noon)).toEqual([newer]);
  });

  test("are undone once, by one of many who try at once", async () => {
    await changes.record(aChange());
    const undone = { by: "U0BOB0001", at: noon + HOUR };
    const tried = await Promise.all(Array.from({ length: 10 }, () => changes.markUndone("watch-1", undone)));
    expect(tried.filter(Boolean)).toHaveLength(1);
    expect(await changes.byId("watch-1")).toEqual(aChange({ undone }));
    expect(await changes.since(noon)).toEqual([aChange({ undone })]);
    expect(await changes.markUndone("unknown", undone)).toBe(false);
  });

  test("wait to be told until somebody told them", async () => {
    for (const id of ["b", "a"]) await changes.record(aChange({ id, at: id === "a" ? noon : noon - HOUR }));
    expect(await changes.unannounced()).toEqual(["b", "a"]);
    await changes.markAnnounced("b", false);
    await changes.record(aChange({ id: "b", at: noon - HOUR }));
    expect(await changes.unannounced()).toEqual(["a"]);
    await changes.markAnnounced("unknown", false);
  });

  test("wait to be told as undone once they are, though they are just being told as they were", async () => {
    for (const id of ["b", "a"]) await changes.record(aChange({ id, at: id === "a" ? noon : noon - HOUR }));
    await changes.markAnnounced("b", false);
    for (const id of ["a", "b"]) await changes.markUndone(id, { by: "U0BOB0001", at: noon });
    await changes.markAnnounced("a", false);
    expect(await changes.unannounced()).toEqual(["b", "a"]);
    for (const id of ["a", "b"]) await changes.markAnnounced(id, true);
    expect(await changes.unannounced()).toEqual([]);
  });

  test("are forgotten after 90 days", async () => {
    await changes.record(aChange({ id: "old", at: noon - 91 * DAY }));
    await changes.markUndone("old", { by: "U1", at: noon - 90 * DAY });
    await changes.record(aChange());
    expect(await changes.since(0)).toEqual([aChange()]);
    expect(await changes.byId("old")).toBeUndefined();
    expect(await changes.unannounced()).toEqual(["watch-1"]);
  });
});

describe.each(kinds)("in %s", (_, open) => {
  test("who may change what is watched is nobody's decision until somebody made it", async () => {
    const { access } = open();
    expect(await access.get()).toBeUndefined();
    await access.set({ who: "group", group: "S0OPS0001" });
    expect(await access.get()).toEqual({ who: "group", group: "S0OPS0001" });
    await access.set({ who: "admins" });
    expect(await access.get()).toEqual({ who: "admins" });
  });
});

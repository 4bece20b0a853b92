import { beforeEach, describe, expect, test } from "vitest";
import { record } from "../../src/pipeline/changes/record-change.ts";
import { kindOf } from "../../src/pipeline/changes/setters.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import type { PlannedEvent } from "../../src/series/planned-events.ts";
import type { Change, Changed } from "../../src/settings/change.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { aWatch, noon } from "../support/builders.ts";
import { aContext } from "../support/context.ts";
import { kinds } from "./kinds.ts";

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
  {
    kind: "route",
    id: "pager",
    before: { id: "pager", severity: "warning", destination: "pager", by: "U1", at: noon },
  },
  { kind: "permissions", before: { who: "everyone" }, after: { who: "group", group: "S0OPS0001" } },
];

describe.each(kinds)("in %s, changes", (_, open) => {
  let stores: Stores;
  let changes: Stores["changes"];
  beforeEach(() => {
    stores = open();
    ({ changes } = stores);
  });

  /** Makes something be as the change says that it is before. */
  const prepare = async ({ changed: { before, ...rest } }: Change) => {
    const { after: _, ...subject } = rest;
    if (before)
      await changes.record([
        { id: "earlier", at: noon - HOUR, by: "U1", changed: { ...subject, after: before } as Changed },
      ]);
  };
  const anEvent = (name: string): PlannedEvent => ({
    id: name,
    name,
    from: noon,
    to: noon + DAY,
    scope: {},
    by: "U1",
    at: noon,
  });
  const planned = (id: string, over: Partial<Change> = {}): Change =>
    aChange({ id, changed: { kind: "event", id, after: anEvent(id) }, ...over });

  test.each(ofEachKind.map((changed) => [changed.kind, changed] as const))(
    "of a %s are stored whole and take effect",
    async (kind, changed) => {
      const change = aChange({ changed });
      await prepare(change);
      expect(await changes.byId(change.id)).toBeUndefined();
      expect(await changes.record([change])).toBe("recorded");
      expect(await changes.byId(change.id)).toEqual(change);
      expect(await changes.since(noon)).toEqual([change]);
      if (kind === "label") return;
      const written = await present(changed, stores);
      expect(written).toEqual(changed.after);
    },
  );

  test.each(
    ofEachKind.filter(({ kind }) => kind !== "label").map((changed) => [changed.kind, changed] as const),
  )("of a %s that somebody else changed in between leave no trace", async (_, changed) => {
    const { before, after } = changed;
    const other = aChange({ id: "other", changed: { ...changed, after: otherThan(changed) } as Changed });
    await prepare(other);
    await changes.record([other]);
    const late = aChange({
      changed: { ...changed, ...(before && { before }), ...(after && { after }) } as Changed,
    });
    expect(await changes.record([late])).toBe("overtaken");
    expect(await present(changed, stores)).toEqual(other.changed.after);
    expect(await changes.byId(late.id)).toBeUndefined();
    expect(await changes.unannounced()).not.toContain(late.id);
  });

  test("by many writers at once are applied one after the other, each on the result of the previous one", async () => {
    await stores.watches.save(aWatch({ minAbsoluteChange: 0 }));
    const context = { changes, clock: () => noon };
    const raise = async () => {
      const before = (await stores.watches.byId("ios-us"))!;
      const after = { ...before, minAbsoluteChange: before.minAbsoluteChange! + 1 };
      return [{ kind: "watch", watchId: "ios-us", before, after } as const];
    };
    await Promise.all(Array.from({ length: 8 }, () => record(raise, "U1", context)));
    expect((await stores.watches.byId("ios-us"))?.minAbsoluteChange).toBe(8);
    expect(await changes.since(0)).toHaveLength(8);
    expect(await stores.watches.forSeries("main.ios.us.hour")).toHaveLength(1);
  });

  test("in one batch are applied all or none, and announced as one", async () => {
    const [first, second] = ["a", "b"].map((id) => planned(id, { batch: "a" })) as [Change, Change];
    await changes.record([planned("b")]);
    expect(await changes.record([first, { ...second, id: "b2" }])).toBe("overtaken");
    expect((await stores.events.all()).map(({ id }) => id)).toEqual(["b"]);

    const third = planned("c", { batch: "a" });
    expect(await changes.record([first, third])).toBe("recorded");
    expect((await stores.events.all()).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(await changes.unannounced()).toEqual(["a", "b"]);
    await changes.markAnnounced("a", [first, third]);
    expect(await changes.unannounced()).toEqual(["b"]);
    const undone = { by: "U0BOB0001", at: noon };
    const back = planned("back", { changed: { kind: "event", id: "c", before: anEvent("c") } });
    await changes.record([back], { id: "c", undone });
    expect(await changes.unannounced()).toEqual(["a", "b", "back"]);
  });

  test("are listed newest first, and an id is used once", async () => {
    const older = planned("older", { at: noon - HOUR });
    const newer = planned("newer");
    for (const change of [newer, older]) expect(await changes.record([change])).toBe("recorded");
    const again = aChange({ id: "older", changed: { kind: "event", id: "x", after: anEvent("x") } });
    expect(await changes.record([again])).toBe("taken");
    expect(await changes.since(noon - DAY)).toEqual([newer, older]);
    expect(await changes.since(noon)).toEqual([newer]);
    expect((await stores.events.all()).map(({ id }) => id)).toEqual(["newer", "older"]);
  });

  const goneBack = (id: string): Change =>
    aChange({ id, at: noon + HOUR, changed: { kind: "event", id: "sale", before: anEvent("sale") } });

  test("are undone once, by one of many simultaneous attempts, in one write with the undoing change", async () => {
    const sale = planned("sale");
    await changes.record([sale]);
    const undone = { by: "U0BOB0001", at: noon + HOUR };
    const tried = await Promise.all(
      Array.from({ length: 10 }, (_, i) => changes.record([goneBack(`back-${i}`)], { id: "sale", undone })),
    );
    expect(tried.filter((outcome) => outcome === "recorded")).toHaveLength(1);
    expect(await changes.byId("sale")).toEqual({ ...sale, undone });
    expect(await changes.since(noon)).toHaveLength(2);
    expect(await stores.events.all()).toEqual([]);
    expect(await changes.record([planned("other")], { id: "unknown", undone })).toBe("undone-before");
    expect(await changes.byId("other")).toBeUndefined();
  });

  test("wait for their announcement until one worker has posted it", async () => {
    for (const id of ["b", "a"]) await changes.record([planned(id, { at: id === "a" ? noon : noon - HOUR })]);
    expect(await changes.unannounced()).toEqual(["b", "a"]);
    await changes.markAnnounced("b", [planned("b")]);
    expect(await changes.unannounced()).toEqual(["a"]);
    await changes.markAnnounced("unknown", []);
  });

  test("are announced as undone after an undo, even while their announcement is being posted", async () => {
    const undone = { by: "U0BOB0001", at: noon };
    await changes.record([planned("sale")]);
    await changes.record([goneBack("back")], { id: "sale", undone });
    await changes.markAnnounced("sale", [planned("sale")]);
    expect(await changes.unannounced()).toEqual(["sale", "back"]);
    await changes.markAnnounced("sale", [planned("sale", { undone })]);
    expect(await changes.unannounced()).toEqual(["back"]);
  });

  test("are removed after 90 days", async () => {
    await changes.record([planned("old", { at: noon - 91 * DAY })]);
    await changes.record([planned("new")]);
    expect((await changes.since(0)).map(({ id }) => id)).toEqual(["new"]);
    expect(await changes.byId("old")).toBeUndefined();
    expect(await changes.unannounced()).toEqual(["new"]);
  });
});

/** How that stands which a change is of. */
const present = (changed: Changed, stores: Stores): Promise<unknown> =>
  kindOf(changed, { ...aContext(stores), clock: () => noon }).present();

/** Something that the other writer could have made of it. */
function otherThan(changed: Changed): Changed["after"] {
  const { kind, before, after } = changed;
  const thing = (after ?? before)!;
  if (kind === "permissions") return { who: "admins" };
  if (kind === "watch") return { ...aWatch(), runbook: "https://wiki.test" };
  return { ...thing, ...(kind === "app" ? { name: "other" } : { by: "U0OTHER01" }) } as Changed["after"];
}

describe.each(kinds)("in %s", (_, open) => {
  test("without a stored rule, permissions are undecided", async () => {
    const { permissions } = open();
    expect(await permissions.get()).toBeUndefined();
    await permissions.set({ who: "group", group: "S0OPS0001" });
    expect(await permissions.get()).toEqual({ who: "group", group: "S0OPS0001" });
    await permissions.set({ who: "admins" });
    expect(await permissions.get()).toEqual({ who: "admins" });
  });
});

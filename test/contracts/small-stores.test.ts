import { beforeEach, describe, expect, test } from "vitest";
import type { Mute, MuteScope } from "../../src/notifications/mute.ts";
import type { NotificationLogEntry } from "../../src/pipeline/ports/messages.ts";
import type { FailureReport } from "../../src/pipeline/ports/ops.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import type { App } from "../../src/series/app.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

describe.each(kinds)("in %s", (_, open) => {
  let stores: Stores;
  beforeEach(() => {
    stores = open();
  });

  describe("mutes", () => {
    const aMute = (scope: MuteScope, over: Partial<Mute> = {}): Mute => ({
      scope,
      by: "ada",
      at: noon,
      until: noon + HOUR,
      incidents: [],
      ...over,
    });
    const ofWatch = aMute({ kind: "watch", watch: "ios" });
    const ofApp = aMute(
      { kind: "app", workspace: "main", app: "ios" },
      { until: "recovery", incidents: ["ios.drop@2026-06-16T12"] },
    );
    const ofChannel = aMute({ kind: "channel", channel: "C0ALERTS1" });

    test("are stored whole, by what they mute", async () => {
      const { mutes } = stores;
      expect(await mutes.all()).toEqual([]);
      for (const mute of [ofWatch, ofChannel, ofApp]) await mutes.save(mute);
      expect(await mutes.all()).toEqual([ofApp, ofChannel, ofWatch]);
    });

    test("of the same target replace each other and can be removed", async () => {
      const { mutes } = stores;
      await mutes.save(ofWatch);
      const longer = { ...ofWatch, until: noon + 2 * HOUR, by: "bob" };
      await mutes.save(longer);
      expect(await mutes.all()).toEqual([longer]);
      expect(await mutes.remove(ofWatch.scope)).toBe(true);
      expect(await mutes.remove(ofWatch.scope)).toBe(false);
      expect(await mutes.all()).toEqual([]);
    });
  });

  test("apps are stored whole, once in each workspace, and can be removed", async () => {
    const { apps } = stores;
    expect(await apps.all()).toEqual([]);
    const ios: App = { workspace: "main", app: "ios-id", name: "iOS", zone: "Europe/Berlin", country: "DE" };
    const web: App = { workspace: "eu", app: "ios-id", name: "Web" };
    for (const app of [{ ...ios, name: "Old" }, web, ios]) await apps.save(app);
    expect(await apps.all()).toEqual([web, ios]);
    expect(await apps.remove("main", "ios-id")).toBe(true);
    expect(await apps.remove("main", "ios-id")).toBe(false);
    expect(await apps.all()).toEqual([web]);
  });

  test("the segments of a workspace are stored as last listed", async () => {
    const { segmentCache } = stores;
    expect(await segmentCache.of("main")).toBeUndefined();
    const vip = { id: "vip", name: "VIP", isTracked: false };
    await segmentCache.save("main", { at: noon, segments: [] });
    await segmentCache.save("main", { at: noon + HOUR, segments: [vip] });
    expect(await segmentCache.of("main")).toEqual({ at: noon + HOUR, segments: [vip] });
    expect(await segmentCache.of("eu")).toBeUndefined();
  });

  test("the sends that are planned replace each other until they went out, and those of another workspace are apart", async () => {
    const { sends } = stores;
    const send = (id: string, hours: number, workspace = "main") =>
      ({ id, name: `of ${id}`, kind: "campaign", time: noon + hours * HOUR, scope: { workspace } }) as const;
    const all = (workspace: string) => sends.between(workspace, noon - 1_440 * HOUR, noon + 99 * HOUR);
    expect(await all("main")).toEqual([]);
    await sends.plan("eu", [send("elsewhere", 1, "eu")], noon);
    await sends.plan("main", [send("later", 3), send("soon", 1), send("canceled", 2)], noon);
    expect((await all("main")).map(({ id }) => id)).toEqual(["soon", "canceled", "later"]);
    await sends.plan("main", [send("later", 4)], noon + 1.5 * HOUR);
    expect(await all("main")).toEqual([send("soon", 1), send("later", 4)]);
    expect(await sends.between("main", noon + HOUR, noon + 3 * HOUR)).toEqual([send("soon", 1)]);
    expect(await all("eu")).toEqual([send("elsewhere", 1, "eu")]);
    // After some weeks nobody asks for a send any longer.
    await sends.plan("main", [], noon + 62 * 24 * HOUR);
    expect(await all("main")).toEqual([]);
  });

  test("the scheduled rechecks return what is due, oldest first, each incident once", async () => {
    const { rechecks } = stores;
    const at = (incidentId: string, hours: number) => ({
      incidentId,
      groupKey: "room",
      at: noon + hours * HOUR,
    });
    await rechecks.save([]);
    await rechecks.save([at("a", 2), at("b", 1), at("c", 3)]);
    expect(await rechecks.due(noon)).toEqual([]);
    expect(await rechecks.due(noon + 2 * HOUR)).toEqual([at("b", 1), at("a", 2)]);
    await rechecks.save([at("b", 4)]);
    await rechecks.remove(["c", "unknown"]);
    expect(await rechecks.due(noon + 9 * HOUR)).toEqual([at("a", 2), at("b", 4)]);
    await rechecks.remove([]);
  });

  const inOutbox = async () => [...(await stores.outbox.all())].map(([id, { groupKey }]) => [id, groupKey]);
  const removeAsRead = async (id: string) => {
    const entry = (await stores.outbox.all()).get(id)!;
    return () => stores.outbox.remove(id, entry);
  };

  test("the outbox keeps each incident once, until it is removed", async () => {
    const { outbox } = stores;
    expect(await outbox.all()).toEqual(new Map());
    for (const id of ["b", "a", "b"]) await outbox.add(id, "room");
    expect(await inOutbox()).toEqual([
      ["a", "room"],
      ["b", "room"],
    ]);
    const remove = await removeAsRead("a");
    await remove();
    await remove();
    expect(await inOutbox()).toEqual([["b", "room"]]);
  });

  test("an incident that is added again while a worker handles it stays in the outbox", async () => {
    await stores.outbox.add("a", "room");
    const remove = await removeAsRead("a");
    await stores.outbox.add("a", "room");
    await remove();
    expect(await inOutbox()).toEqual([["a", "room"]]);
    await (await removeAsRead("a"))();
    expect(await inOutbox()).toEqual([]);
  });

  test("an incident that is added before a change stays in the outbox until the change is stored", async () => {
    await stores.outbox.add("a", "room", { isAhead: true });
    await (await removeAsRead("a"))();
    expect(await inOutbox()).toEqual([["a", "room"]]);
    await stores.outbox.add("a", "room");
    await (await removeAsRead("a"))();
    expect(await inOutbox()).toEqual([]);
  });

  test.each<[string, NotificationLogEntry]>([
    ["meant to be sent", { state: "sending", since: noon }],
    ["lost sight of", { state: "unknown", since: noon }],
    ["sent", { state: "sent", channel: "C0ALERTS1", ts: "1718539200.000100" }],
  ])("the notification log returns a message that is %s", async (_, entry) => {
    const { notificationLog } = stores;
    expect(await notificationLog.entry("ios-us.drop@2026-06-16T12/resolved")).toBeUndefined();
    await notificationLog.save("ios-us.drop@2026-06-16T12/resolved", { state: "sending", since: 0 });
    await notificationLog.save("ios-us.drop@2026-06-16T12/resolved", entry);
    expect(await notificationLog.entry("ios-us.drop@2026-06-16T12/resolved")).toEqual(entry);
    expect(await notificationLog.entry("ios-us.drop@2026-06-16T12")).toBeUndefined();
  });

  test("one of many simultaneous senders claims a message, and whoever learned its fate may claim it again", async () => {
    const { notificationLog } = stores;
    const tried = await Promise.all(Array.from({ length: 10 }, () => notificationLog.claim("m", noon)));
    const [first, ...others] = tried.filter((claim) => claim !== undefined);
    expect(others).toEqual([]);
    expect(await notificationLog.entry("m")).toEqual({ state: "sending", since: noon, token: first!.token });
    const seen = await notificationLog.entry("m");
    const second = await notificationLog.claim("m", noon, seen);
    expect(second).toBeDefined();
    expect(await notificationLog.claim("m", noon, seen)).toBeUndefined();
    // Who was overtaken takes nothing back.
    await notificationLog.release(first!, "unsent");
    expect(await notificationLog.entry("m")).toMatchObject({ state: "sending", token: second!.token });
    await notificationLog.release(second!, "unknown");
    expect(await notificationLog.entry("m")).toMatchObject({ state: "unknown", since: noon });
    const third = await notificationLog.claim("m", noon, await notificationLog.entry("m"));
    await notificationLog.release(third!, "unsent");
    expect(await notificationLog.entry("m")).toBeUndefined();
  });

  test("a sent message cannot be claimed or released", async () => {
    const { notificationLog } = stores;
    const claim = await notificationLog.claim("m", noon);
    const seen = await notificationLog.entry("m");
    const sent = { state: "sent", channel: "C0ALERTS1", ts: "1718539200.000100" } as const;
    await notificationLog.save("m", sent);
    expect(await notificationLog.claim("m", noon, seen)).toBeUndefined();
    expect(await notificationLog.claim("m", noon)).toBeUndefined();
    expect(await notificationLog.claim("m", noon, sent)).toBeUndefined();
    for (const as of ["unsent", "unknown"] as const) await notificationLog.release(claim!, as);
    expect(await notificationLog.entry("m")).toEqual(sent);
  });

  describe("a failure record", () => {
    const wrongKey: FailureReport = {
      failure: "braze-wrong-key",
      message: "Braze answered 401",
      advice: "Check the key.",
      since: noon,
    };

    test("is new once, and keeps its beginning", async () => {
      const { failures } = stores;
      expect(await failures.all()).toEqual(new Map());
      expect(await failures.raise("main", wrongKey)).toBe(true);
      expect(await failures.raise("main", { ...wrongKey, since: noon + HOUR })).toBe(false);
      expect(await failures.all()).toEqual(new Map([["main", wrongKey]]));
      expect(await failures.among(["eu", "main"])).toEqual(new Map([["main", wrongKey]]));
      expect(await failures.among(["eu"])).toEqual(new Map());
    });

    test("is new again for another failure or another workspace", async () => {
      const { failures } = stores;
      await failures.raise("main", wrongKey);
      const other: FailureReport = { ...wrongKey, failure: "braze-unreachable", since: noon + HOUR };
      expect(await failures.raise("main", other)).toBe(true);
      expect(await failures.raise("second", wrongKey)).toBe(true);
      expect(await failures.all()).toEqual(
        new Map([
          ["main", other],
          ["second", wrongKey],
        ]),
      );
    });

    test("that many workers see at once is new to one of them, and so is its end", async () => {
      const { failures } = stores;
      const raised = await Promise.all(Array.from({ length: 20 }, () => failures.raise("main", wrongKey)));
      expect(raised.filter(Boolean)).toHaveLength(1);
      const cleared = await Promise.all(Array.from({ length: 20 }, () => failures.clear("main")));
      expect(cleared.filter((report) => report !== undefined)).toEqual([wrongKey]);
      expect(await failures.all()).toEqual(new Map());
    });
  });
});

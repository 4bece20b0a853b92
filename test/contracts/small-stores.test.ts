import { beforeEach, describe, expect, test } from "vitest";
import { HOUR } from "../../src/core/time.ts";
import type { LedgerEntry, TroubleReport } from "../../src/pipeline/ports.ts";
import { noon } from "../builders.ts";
import { kinds, type Stores } from "./kinds.ts";

describe.each(kinds)("in %s", (_, open) => {
  let stores: Stores;
  beforeEach(() => {
    stores = open();
  });

  describe("a mute", () => {
    test("holds until its instant, by the clock of whoever asks", async () => {
      const { mutes } = stores;
      expect(await mutes.isMuted("ios-us", noon)).toBe(false);
      await mutes.mute("ios-us", noon + HOUR);
      expect(await mutes.isMuted("ios-us", noon)).toBe(true);
      expect(await mutes.isMuted("ios-us", noon + HOUR - 1)).toBe(true);
      expect(await mutes.isMuted("ios-us", noon + HOUR)).toBe(false);
      expect(await mutes.isMuted("ios-us", noon)).toBe(true);
      expect(await mutes.isMuted("web", noon)).toBe(false);
    });

    test.each([
      ["long past", Date.UTC(1999, 0)],
      ["far ahead", Date.UTC(2199, 0)],
    ])("holds where the clock is %s", async (_, now) => {
      await stores.mutes.mute("ios-us", now + HOUR);
      expect(await stores.mutes.isMuted("ios-us", now)).toBe(true);
      expect(await stores.mutes.isMuted("ios-us", now + HOUR)).toBe(false);
    });

    test("can be made longer, and taken back", async () => {
      const { mutes } = stores;
      await mutes.mute("ios-us", noon + HOUR);
      await mutes.mute("ios-us", noon + 2 * HOUR);
      expect(await mutes.isMuted("ios-us", noon + HOUR)).toBe(true);
      await mutes.unmute("ios-us");
      await mutes.unmute("ios-us");
      expect(await mutes.isMuted("ios-us", noon)).toBe(false);
    });
  });

  test("the outbox keeps each incident once, until it is removed", async () => {
    const { outbox } = stores;
    expect(await outbox.all()).toEqual(new Map());
    for (const id of ["b", "a", "b"]) await outbox.add(id, "room");
    expect([...(await outbox.all())]).toEqual([
      ["a", "room"],
      ["b", "room"],
    ]);
    await outbox.remove("a");
    await outbox.remove("a");
    expect([...(await outbox.all())]).toEqual([["b", "room"]]);
  });

  test.each<[string, LedgerEntry]>([
    ["meant to be sent", { state: "sending", since: noon }],
    ["lost sight of", { state: "unknown", since: noon }],
    ["sent", { state: "sent", channel: "C0ALERTS1", ts: "1718539200.000100" }],
  ])("the ledger tells of a message that is %s", async (_, entry) => {
    const { ledger } = stores;
    expect(await ledger.entry("ios-us.drop@2026-06-16T12/resolved")).toBeUndefined();
    await ledger.save("ios-us.drop@2026-06-16T12/resolved", { state: "sending", since: 0 });
    await ledger.save("ios-us.drop@2026-06-16T12/resolved", entry);
    expect(await ledger.entry("ios-us.drop@2026-06-16T12/resolved")).toEqual(entry);
    expect(await ledger.entry("ios-us.drop@2026-06-16T12")).toBeUndefined();
    await ledger.remove("ios-us.drop@2026-06-16T12/resolved");
    expect(await ledger.entry("ios-us.drop@2026-06-16T12/resolved")).toBeUndefined();
  });

  describe("a trouble", () => {
    const wrongKey: TroubleReport = {
      trouble: "braze-wrong-key",
      message: "Braze answered 401",
      advice: "Check the key.",
      since: noon,
    };

    test("is news once, and keeps when it began", async () => {
      const { troubles } = stores;
      expect(await troubles.all()).toEqual(new Map());
      expect(await troubles.raise("main", wrongKey)).toBe(true);
      expect(await troubles.raise("main", { ...wrongKey, since: noon + HOUR })).toBe(false);
      expect(await troubles.all()).toEqual(new Map([["main", wrongKey]]));
    });

    test("is news again when it is another, and in another workspace", async () => {
      const { troubles } = stores;
      await troubles.raise("main", wrongKey);
      const other: TroubleReport = { ...wrongKey, trouble: "braze-unreachable", since: noon + HOUR };
      expect(await troubles.raise("main", other)).toBe(true);
      expect(await troubles.raise("second", wrongKey)).toBe(true);
      expect(await troubles.all()).toEqual(
        new Map([
          ["main", other],
          ["second", wrongKey],
        ]),
      );
    });

    test("that many notice at once is news to one of them, and so is its end", async () => {
      const { troubles } = stores;
      const raised = await Promise.all(Array.from({ length: 20 }, () => troubles.raise("main", wrongKey)));
      expect(raised.filter(Boolean)).toHaveLength(1);
      const cleared = await Promise.all(Array.from({ length: 20 }, () => troubles.clear("main")));
      expect(cleared.filter((report) => report !== undefined)).toEqual([wrongKey]);
      expect(await troubles.all()).toEqual(new Map());
    });
  });
});

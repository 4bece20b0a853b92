import { beforeEach, describe, expect, test } from "vitest";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import { HOUR } from "../../src/time/time.ts";
import { anEvent, anExclusion, noon } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

describe.each(kinds)("in %s", (_, open) => {
  let stores: Stores;
  beforeEach(() => {
    stores = open();
  });

  describe("planned events", () => {
    const later = anEvent({ id: "a-sale@2026-06-17T12:00", from: noon + 24 * HOUR, to: noon + 30 * HOUR });
    const ofApp = anEvent({ id: "of-app", scope: { workspace: "main", app: "ios" } });
    const ofWorkspace = anEvent({ id: "of-workspace", scope: { workspace: "main" } });

    test("are stored whole, in order of their beginnings", async () => {
      const { events } = stores;
      expect(await events.all()).toEqual([]);
      for (const event of [later, ofWorkspace, ofApp]) await events.save(event);
      expect(await events.all()).toEqual([ofApp, ofWorkspace, later]);
    });

    test("of the same name replace each other and can be removed once", async () => {
      const { events } = stores;
      await events.save(later);
      const moved = { ...later, to: noon + 48 * HOUR };
      await events.save(moved);
      expect(await events.all()).toEqual([moved]);
      expect(await events.remove(later.id)).toBe(true);
      expect(await events.remove(later.id)).toBe(false);
      expect(await events.all()).toEqual([]);
    });
  });

  describe("excluded ranges", () => {
    const byHand = anExclusion();
    const byLabel = anExclusion({
      id: "ios-us.drop@2026-06-16T10",
      from: noon - 2 * HOUR,
      because: "label",
    });
    const elsewhere = anExclusion({ seriesId: "main.android.all.hour", because: "new-level" });

    test("are stored whole, each with its series, earliest first", async () => {
      const { exclusions } = stores;
      expect(await exclusions.of(byHand.seriesId)).toEqual([]);
      expect(await exclusions.all()).toEqual([]);
      for (const exclusion of [byHand, elsewhere, byLabel]) await exclusions.save(exclusion);
      expect(await exclusions.of(byHand.seriesId)).toEqual([byLabel, byHand]);
      expect(await exclusions.all()).toEqual([elsewhere, byLabel, byHand]);
    });

    test("of the same name replace each other and can be removed once", async () => {
      const { exclusions } = stores;
      await exclusions.save(byLabel);
      const grown = { ...byLabel, to: byLabel.to + HOUR };
      await exclusions.save(grown);
      expect(await exclusions.of(byLabel.seriesId)).toEqual([grown]);
      expect(await exclusions.remove("main.web.all.hour", byLabel.id)).toBe(false);
      expect(await exclusions.remove(byLabel.seriesId, byLabel.id)).toBe(true);
      expect(await exclusions.remove(byLabel.seriesId, byLabel.id)).toBe(false);
      expect(await exclusions.all()).toEqual([]);
    });
  });
});

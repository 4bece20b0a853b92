import { describe, expect, test } from "vitest";
import { changesBefore, type ProductChange } from "../../src/series/product-changes.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const released = (over: Partial<ProductChange> = {}): ProductChange => ({
  id: "ios-5-2",
  name: "iOS 5.2 released",
  time: noon - HOUR,
  scope: { workspace: "main", app: "ios" },
  by: "U1",
  at: noon,
  ...over,
});
const ios = { workspace: "main", app: "ios", unit: "hour" } as const;

describe("an incident that begins at noon names a product change", () => {
  test.each([
    ["an hour before", {}, ios, true],
    ["six hours before", { time: noon - 6 * HOUR }, ios, true],
    ["more than six hours before", { time: noon - 6 * HOUR - MINUTE }, ios, false],
    ["during its first hour", { time: noon + 59 * MINUTE }, ios, true],
    ["after its first hour", { time: noon + HOUR }, ios, false],
    ["of another app", {}, { ...ios, app: "android" }, false],
    ["of another workspace", {}, { ...ios, workspace: "eu" }, false],
    ["of one app, where all apps together fall", {}, { workspace: "main", unit: "hour" }, true],
    ["of the whole workspace", { scope: { workspace: "main" } }, ios, true],
    ["of everything", { scope: {} }, { ...ios, workspace: "eu" }, true],
  ] as const)("%s: %o", (_, over, series, isNamed) => {
    expect(changesBefore(noon, series, "UTC", [released(over)])).toHaveLength(isNamed ? 1 : 0);
  });

  test("a day names those of its date and of the day before by the clock of its zone, newest first", () => {
    const day = Date.UTC(2026, 5, 16);
    // Midnight in New York is four hours later.
    const hours = [-21, -19, 3, 27, 29].map((hour) =>
      released({ id: String(hour), time: day + hour * HOUR, scope: {} }),
    );
    const named = changesBefore(day, { workspace: "main", unit: "day" }, "America/New_York", hours);
    expect(named.map(({ id }) => id)).toEqual(["27", "3", "-19"]);
  });
});

import { describe, expect, test } from "vitest";
import { nameApp } from "../../../src/pipeline/actions/name-app.ts";
import { undo } from "../../../src/pipeline/changes/change.ts";
import type { App } from "../../../src/series/app.ts";
import { aContext } from "../../support/context.ts";

const workspaces = [
  { name: "main", zone: "UTC" },
  { name: "eu", zone: "Europe/Berlin" },
];
const open = () => ({ ...aContext(), workspaces, clock: () => 0 });
const ios: App = { workspace: "main", app: "ios-id", name: "iOS", zone: "America/New_York", country: "US" };

describe("naming an app", () => {
  test("reports before and after, and the reverse change undoes it", async () => {
    const stores = open();
    const first = await nameApp(ios, "ada", stores);
    expect(first.changed).toEqual({ kind: "app", workspace: "main", app: "ios-id", after: ios });
    const second = await nameApp({ ...ios, name: " iPhone " }, "ada", stores);
    expect(second.changed).toEqual({
      kind: "app",
      workspace: "main",
      app: "ios-id",
      before: ios,
      after: { ...ios, name: "iPhone" },
    });
    // The second undone, the first stands alone.
    await undo(second.change!.id, "ada", stores);
    expect(await stores.apps.all()).toEqual([ios]);
  });

  test("stores its time zone and country under their canonical names", async () => {
    const stores = open();
    await nameApp({ ...ios, zone: "us/eastern", country: "us" }, "ada", stores);
    expect(await stores.apps.all()).toEqual([ios]);
  });

  test.each<[string, Partial<App>, RegExp]>([
    [
      "a workspace there is none of",
      { workspace: "asia" },
      /unknown workspace "asia"\. Use one of: main, eu/,
    ],
    ["an id that would name all of them", { app: "all" }, /"all" is not a Braze app id/],
    ["an id that no app has", { app: "my app" }, /API identifier/],
    ["an empty name", { name: "  " }, /1 to 80 characters/],
    ["a name nobody could read", { name: "x".repeat(81) }, /1 to 80 characters/],
    ["a zone there is none of", { zone: "Mars/Base" }, /"Mars\/Base" is not a time zone/],
    ["a country without a calendar", { country: "Atlantis" }, /no holidays are known/],
    ["a country that only JavaScript knows", { country: "constructor" }, /no holidays are known/],
    ["a state there is none of", { country: "AU-XXX" }, /no holidays are known/],
  ])("with %s is refused, and nothing changes", async (_, over, message) => {
    const stores = open();
    await expect(nameApp({ ...ios, ...over }, "ada", stores)).rejects.toThrow(message);
    expect(await stores.apps.all()).toEqual([]);
  });
});

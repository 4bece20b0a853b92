import { describe, expect, test } from "vitest";
import { nameApp, setApp } from "../../../src/pipeline/actions/name-app.ts";
import type { App } from "../../../src/series/app.ts";
import { reversed } from "../../../src/settings/change.ts";
import { fakeApps } from "../../fakes.ts";

const workspaces = [
  { name: "main", zone: "UTC" },
  { name: "eu", zone: "Europe/Berlin" },
];
const ios: App = { workspace: "main", app: "ios-id", name: "iOS", zone: "America/New_York", country: "US" };

describe("naming an app", () => {
  test("tells what was before and what is after, and the reverse takes it back", async () => {
    const apps = fakeApps();
    const first = await nameApp(ios, { apps, workspaces });
    expect(first).toEqual({ kind: "app", workspace: "main", app: "ios-id", after: ios });
    const second = await nameApp({ ...ios, name: " iPhone " }, { apps, workspaces });
    expect(second).toEqual({
      kind: "app",
      workspace: "main",
      app: "ios-id",
      before: ios,
      after: { ...ios, name: "iPhone" },
    });
    for (const changed of [second, first]) {
      const back = reversed(changed);
      if (back.kind === "app") await setApp(back.workspace, back.app, back.after, { apps });
    }
    expect(await apps.all()).toEqual([]);
  });

  test("keeps its zone and country by the one name each is known by", async () => {
    const apps = fakeApps();
    await nameApp({ ...ios, zone: "us/eastern", country: "us" }, { apps, workspaces });
    expect(await apps.all()).toEqual([ios]);
  });

  test.each<[string, Partial<App>, RegExp]>([
    ["a workspace there is none of", { workspace: "asia" }, /no workspace "asia"; there are: main, eu/],
    ["an id that would name all of them", { app: "all" }, /"all" is no Braze app id/],
    ["an id that no app has", { app: "my app" }, /API identifier/],
    ["an empty name", { name: "  " }, /1 to 80 characters/],
    ["a name nobody could read", { name: "x".repeat(81) }, /1 to 80 characters/],
    ["a zone there is none of", { zone: "Mars/Base" }, /"Mars\/Base" is no time zone/],
    ["a country without a calendar", { country: "Atlantis" }, /no country with a calendar/],
    ["a country that only JavaScript knows", { country: "constructor" }, /no country with a calendar/],
    ["a state there is none of", { country: "AU-XXX" }, /no country with a calendar/],
  ])("with %s is refused, and nothing changes", async (_, over, message) => {
    const apps = fakeApps();
    await expect(nameApp({ ...ios, ...over }, { apps, workspaces })).rejects.toThrow(message);
    expect(await apps.all()).toEqual([]);
  });
});

import { expect, test } from "vitest";
import { profilesOf } from "../../../src/pipeline/collecting/profiles.ts";
import { freshStores } from "../../support/stores.ts";

const workspaces = [
  { name: "main", zone: "America/New_York", country: "US" },
  { name: "eu", zone: "Europe/Berlin" },
];
const { apps, events } = freshStores();
await apps.save({ workspace: "eu", app: "uk", name: "UK", zone: "Europe/London", country: "GB" });
await apps.save({ workspace: "main", app: "ios", name: "iOS" });
const profileOf = await profilesOf({ workspaces, apps, events })();

test.each([
  ["main.ios.all.hour", { unit: "hour", zone: "America/New_York", country: "US" }],
  ["main.uk.all.hour", { unit: "hour", zone: "America/New_York", country: "US" }],
  ["eu.all.all.day", { unit: "day", zone: "Europe/Berlin" }],
  ["eu.uk.vip.hour", { unit: "hour", zone: "Europe/London", country: "GB" }],
  ["gone.ios.all.hour", { unit: "hour", zone: "America/New_York" }],
])("%s uses the clock of its app, else of its workspace", (id, profile) => {
  expect(profileOf(id)).toEqual(profile);
});

test("the next reading uses the new time zone of an app", async () => {
  const profiles = profilesOf({ workspaces, apps, events });
  await apps.save({ workspace: "eu", app: "fi", name: "FI", zone: "Europe/Helsinki" });
  expect((await profiles())("eu.fi.all.hour").zone).toBe("Europe/Helsinki");
});

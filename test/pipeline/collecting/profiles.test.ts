import { expect, test } from "vitest";
import { profilesOf } from "../../../src/pipeline/collecting/profiles.ts";
import { DAY, HOUR, MINUTE } from "../../../src/time/time.ts";
import { freshStores } from "../../support/stores.ts";

const workspaces = [
  { name: "main", zone: "America/New_York", country: "US" },
  { name: "eu", zone: "Europe/Berlin" },
  { name: "jp", zone: "Asia/Tokyo", companyZone: "America/Los_Angeles" },
];
const { apps, events, companyZones, sends } = freshStores();
await apps.save({ workspace: "eu", app: "uk", name: "UK", zone: "Europe/London", country: "GB" });
await apps.save({ workspace: "main", app: "ios", name: "iOS" });
const profileOf = await profilesOf({ workspaces, apps, events, companyZones, sends })();

test.each([
  ["main.ios.all.hour", { unit: "hour", zone: "America/New_York", country: "US" }],
  ["main.uk.all.hour", { unit: "hour", zone: "America/New_York", country: "US" }],
  ["eu.all.all.day", { unit: "day", zone: "Europe/Berlin" }],
  ["eu.uk.vip.hour", { unit: "hour", zone: "Europe/London", country: "GB" }],
  ["jp.all.all.hour", { unit: "hour", zone: "Asia/Tokyo" }],
  ["gone.ios.all.hour", { unit: "hour", zone: "America/New_York" }],
])("%s uses the clock of its app, else of its workspace", (id, profile) => {
  expect(profileOf(id)).toEqual(profile);
});

test("the next reading uses the new time zone of an app", async () => {
  const profiles = profilesOf({ workspaces, apps, events, companyZones, sends });
  await apps.save({ workspace: "eu", app: "fi", name: "FI", zone: "Europe/Helsinki" });
  expect((await profiles())("eu.fi.all.hour").zone).toBe("Europe/Helsinki");
});

test.each([
  ["jp.all.all.day", "America/Los_Angeles"],
  ["jp.all.all.day.dau", "America/Los_Angeles"],
  ["eu.uk.all.day.new-users", "Europe/Berlin"],
  ["jp.all.all.day.mau", "UTC"],
])("the days of %s begin by the clock of %s, as Braze counts them", (id, zone) => {
  expect(profileOf(id).zone).toBe(zone);
});

test("days begin by the clock that Braze names, else by the one that is set", async () => {
  const { companyZones: none } = freshStores();
  const zonesOf = async (zones: typeof none) => {
    const profile = await profilesOf({ workspaces, apps, events, sends, companyZones: zones })();
    return ["jp.all.all.day.dau", "eu.all.all.day.dau", "jp.all.all.day.mau", "jp.all.all.hour"].map(
      (id) => profile(id).zone,
    );
  };
  expect(await zonesOf(none)).toEqual(["America/Los_Angeles", "Europe/Berlin", "UTC", "Asia/Tokyo"]);
  await companyZones.save("jp", "Asia/Seoul");
  await companyZones.save("eu", "no zone at all");
  expect(await zonesOf(companyZones)).toEqual(["Asia/Seoul", "Europe/Berlin", "UTC", "Asia/Tokyo"]);
});

test("what was sent in a workspace is in its profiles, the same list until something changes, and only where it is wanted", async () => {
  const { sends: stored } = freshStores();
  let now = Date.UTC(2026, 5, 3, 13);
  const its = (name: string) =>
    ({ id: "1", name: "Sale", kind: "campaign", time: now - HOUR, scope: { workspace: name } }) as const;
  for (const { name } of workspaces) await stored.plan(name, [its(name)], now - DAY);
  const sending = workspaces.map((workspace) => ({ ...workspace, sends: workspace.name === "eu" }));
  const profiles = profilesOf({
    workspaces: sending,
    apps,
    events,
    companyZones,
    sends: stored,
    clock: () => now,
  });
  const first = (await profiles())("eu.uk.all.hour").sends;
  expect(first).toEqual([its("eu")]);
  expect((await profiles())("main.ios.all.hour").sends).toBeUndefined();
  now += 2 * MINUTE;
  expect((await profiles())("eu.uk.all.hour").sends).toBe(first);
  await stored.plan("eu", [{ ...its("eu"), id: "2", time: now + HOUR }], now);
  expect((await profiles())("eu.uk.all.hour").sends).toBe(first);
  now += 2 * MINUTE;
  expect((await profiles())("eu.uk.all.hour").sends).toHaveLength(2);
});

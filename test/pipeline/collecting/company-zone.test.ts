import { expect, test } from "vitest";
import { brazeSpaces } from "../../../src/adapters/braze/spaces.ts";
import { learningCompanyZone } from "../../../src/pipeline/collecting/company-zone.ts";
import { DAY, HOUR } from "../../../src/time/time.ts";
import { KEY, openWorld } from "../../adapters/braze/world.ts";
import { freshStores } from "../../support/stores.ts";

const now = Date.UTC(2026, 5, 3, 13, 20);
const yesterday = Date.UTC(2026, 5, 2);
const dau = { workspace: "main", metric: "dau", unit: "day" } as const;

async function open() {
  const world = await openWorld(now, { zone: "Asia/Tokyo", switches: { bucketZone: "company" } });
  const { companyZones } = freshStores();
  const { clock } = world;
  const companyZone = async () => (await companyZones.all()).get("main");
  const spaces = brazeSpaces([world.clientOptions({ zone: "America/New_York", companyZone })]);
  const source = learningCompanyZone(spaces.source, { ...spaces, companyZones, clock });
  const asked = () =>
    world.control.seen().filter(({ path }) => path === "/messages/scheduled_broadcasts").length;
  return { ...world, companyZones, source, asked };
}

test("days are read by the clock that Braze names, which is asked for once a day however many series there are", async () => {
  const { source, companyZones, asked, setTime, close } = await open();
  await source.points({ workspace: "main", app: "ios", unit: "hour" }, now - 3 * HOUR, now - HOUR);
  await source.points({ ...dau, metric: "mau" }, yesterday, yesterday);
  expect(asked()).toBe(0);
  await Promise.all(
    (["dau", "new-users", "uninstalls"] as const).map((metric) =>
      source.points({ ...dau, metric }, yesterday, yesterday),
    ),
  );
  expect(await companyZones.all()).toEqual(new Map([["main", "Asia/Tokyo"]]));
  expect(asked()).toBe(1);
  setTime(now + DAY);
  // In Tokyo the day is over at 15:00 UTC of the day before.
  setTime(Date.UTC(2026, 5, 4, 15, 20));
  expect((await source.points(dau, yesterday, yesterday + 2 * DAY)).map(({ bucket }) => bucket)).toContain(
    yesterday + 2 * DAY,
  );
  expect(asked()).toBe(2);
  await close();
});

test("a key that may not read the zone reads the days all the same, and is not refused for each of them", async () => {
  const { source, companyZones, asked, control, close } = await open();
  await companyZones.save("main", "Asia/Seoul");
  control.useKey(KEY, ["kpi.dau.data_series"]);
  for (let i = 0; i < 3; i++) expect(await source.points(dau, yesterday, yesterday)).toHaveLength(1);
  expect(asked()).toBe(1);
  expect(await companyZones.all()).toEqual(new Map([["main", "Asia/Seoul"]]));
  await close();
});

import { expect, test } from "vitest";
import type { SimulatorOptions } from "../../../simulator/braze/server.ts";
import { brazeSpaces } from "../../../src/adapters/braze/spaces.ts";
import { learningSends } from "../../../src/pipeline/collecting/sends.ts";
import { DAY, HOUR, hourOf, MINUTE } from "../../../src/time/time.ts";
import { ios, KEY, openWorld } from "../../adapters/braze/world.ts";
import { freshStores } from "../../support/stores.ts";

const now = Date.UTC(2026, 5, 3, 13, 20);
const sale = { id: "sale-1", name: "Summer Sale", type: "Campaign", time: now + HOUR } as const;

async function open({
  isWanted = true,
  campaigns = [],
  sends = [sale],
  series = 3,
}: Partial<Pick<SimulatorOptions, "campaigns" | "sends">> & { isWanted?: boolean; series?: number } = {}) {
  const world = await openWorld(now, { sends, campaigns });
  const neighbours = async () => Array<string>(series).fill("main.ios.all.hour");
  const stores = freshStores();
  const spaces = brazeSpaces([world.clientOptions({})]);
  const worker = () =>
    learningSends(spaces.source, {
      ...spaces,
      ...stores,
      neighbours,
      isWanted: () => isWanted,
      clock: world.clock,
    });
  const read = async (source = worker()) => source.points(ios, hourOf(now) - 3 * HOUR, hourOf(now) - HOUR);
  const asked = () =>
    world.control.seen().filter(({ path }) => path === "/messages/scheduled_broadcasts").length;
  return { ...world, sends: stores.sends, read, asked };
}

test("the calendar of sends is read once an hour by all workers together, and what was sent stays known", async () => {
  const { read, asked, sends, setTime, close } = await open();
  await Promise.all([read(), read(), read()]);
  expect(asked()).toBe(1);
  // Braze no longer lists what it sent.
  setTime(sale.time + 10 * MINUTE);
  await Promise.all([read(), read()]);
  expect(asked()).toBe(2);
  expect(await sends.between("main", 0, now + 99 * HOUR)).toEqual([
    {
      id: "sale-1",
      name: "Summer Sale",
      kind: "campaign",
      time: sale.time,
      channels: ["ios_push"],
      scope: { workspace: "main" },
    },
  ]);
  await close();
});

test("of what went out, its channels and how many got it are asked once, and what is refused is asked again", async () => {
  const campaigns = [{ id: "sale-1", name: "Summer Sale", perSession: 0.5, channels: ["email"] }];
  const { read, sends, setTime, control, close } = await open({ campaigns });
  const some = ["sessions.data_series", "messages.schedule_broadcasts", "campaigns.details"];
  control.useKey(KEY, some);
  await read();
  setTime(sale.time + 10 * MINUTE);
  await read();
  const known = async () => (await sends.between("main", 0, now + HOUR))[0];
  expect(await known()).toMatchObject({ name: "Summer Sale", channels: ["email"] });
  expect((await known())?.audience).toBeUndefined();
  control.useKey(KEY, [...some, "campaigns.data_series"]);
  setTime(sale.time + HOUR + 10 * MINUTE);
  await read();
  expect((await known())?.audience).toBeGreaterThan(100);
  setTime(sale.time + 2 * HOUR + 10 * MINUTE);
  await read();
  const asked = control.seen().map(({ path }) => path);
  expect(asked.filter((path) => path === "/campaigns/details")).toHaveLength(1);
  expect(asked.filter((path) => path === "/campaigns/data_series")).toHaveLength(2);
  await close();
});

const atOnce = { ...sale, time: now - 30 * MINUTE, isUnscheduled: true };
const listing = (paths: readonly string[]) => paths.filter((path) => path.endsWith("/list")).length;

test("what was sent at once, without having been in the calendar, is found among what was edited lately", async () => {
  const welcome = { ...atOnce, id: "welcome", type: "Canvas", time: now - 50 * MINUTE } as const;
  const { read, sends, setTime, close } = await open({ sends: [atOnce, welcome], series: 40 });
  await read();
  setTime(now + HOUR);
  await read();
  expect(await sends.between("main", 0, now + HOUR)).toMatchObject([
    { id: "welcome", kind: "canvas", time: welcome.time, channels: ["ios_push"] },
    { id: "sale-1", kind: "campaign", time: atOnce.time },
  ]);
  await close();
});

test("a key that may list campaigns and no Canvases finds the campaigns", async () => {
  const { read, sends, control, close } = await open({ sends: [atOnce], series: 40 });
  const some = [
    "sessions.data_series",
    "messages.schedule_broadcasts",
    "campaigns.list",
    "campaigns.details",
  ];
  control.useKey(KEY, some);
  await read();
  expect(await sends.between("main", 0, now + HOUR)).toMatchObject([{ id: "sale-1", time: atOnce.time }]);
  await close();
});

test.each([
  ["is set off by what people do", { schedule: "action_based" as const }],
  ["is set off by the API", { schedule: "api_triggered" as const }],
  ["went out long ago", { time: now - 8 * HOUR }],
])("a campaign that %s is no such send", async (_, over) => {
  const { read, sends, close } = await open({ sends: [{ ...atOnce, ...over }], series: 40 });
  await read();
  expect(await sends.between("main", 0, now + HOUR)).toEqual([]);
  await close();
});

test.each([
  [39, 0],
  [40, 2],
  [5_000, 2],
])(
  "of a workspace with %i series %i lists are read an hour, and all of it takes no more than a tenth of a request a series",
  async (series, lists) => {
    const many = Array.from({ length: 30 }, (_, i) => ({ ...atOnce, id: `sale-${i}` }));
    const { read, control, close } = await open({ sends: many, series });
    await Promise.all([read(), read()]);
    const paths = control.seen().map(({ path }) => path);
    expect(listing(paths)).toBe(lists);
    const details = paths.filter((path) => path === "/campaigns/details").length;
    expect(details).toBeLessThanOrEqual(10);
    await close();
  },
);

test("a key that may not read the calendar reads the numbers all the same, and is refused once an hour", async () => {
  const { read, asked, control, close } = await open();
  control.useKey(KEY, ["sessions.data_series"]);
  expect(await read()).toHaveLength(3);
  expect(await read()).toHaveLength(3);
  expect(asked()).toBe(1);
  await close();
});

test("a workspace whose sends are not wanted is never asked for them", async () => {
  const { read, asked, close } = await open({ isWanted: false });
  expect(await read()).toHaveLength(3);
  expect(asked()).toBe(0);
  await close();
});

test("a send goes out at its instant, whatever the zone of the app's users", async () => {
  const { clientOptions, clock, sends, close } = await open();
  const spaces = brazeSpaces([clientOptions({ zone: "America/New_York" })]);
  await sends.plan("main", await spaces.askSends("main"), clock());
  expect(await sends.between("main", 0, now + HOUR)).toMatchObject([{ id: "sale-1", time: sale.time }]);
  await close();
});

test("what was scheduled is known from the first reading on, and anew after more than a day without one", async () => {
  const { sends } = freshStores();
  expect(await sends.known("main")).toBeUndefined();
  await sends.plan("main", [], now);
  await sends.plan("main", [], now + DAY);
  expect(await sends.known("main")).toEqual({ since: now, lastRead: now + DAY });
  await sends.plan("main", [], now + 2 * DAY + MINUTE);
  expect(await sends.known("main")).toEqual({
    since: now + 2 * DAY + MINUTE,
    lastRead: now + 2 * DAY + MINUTE,
  });
  expect(await sends.known("eu")).toBeUndefined();
});

import { afterEach, describe, expect, test } from "vitest";
import { type Simulator, type SimulatorOptions, startBrazeSimulator } from "../../simulator/braze/server.ts";
import type { Switches } from "../../simulator/braze/switches.ts";
import { HOUR, MINUTE, SECOND } from "../../src/time/time.ts";
import { ask, hoursOf, KEY, SERIES } from "./ask.ts";

let now: number;
let simulator: Simulator;
afterEach(() => simulator.close());

async function start(options: Partial<SimulatorOptions> = {}) {
  now = Date.UTC(2026, 5, 16, 12, 30);
  simulator = await startBrazeSimulator({
    // The hour of the day, in tens.
    apps: [{ id: "ios", counts: (hour) => 10 * ((hour / HOUR) % 24) }],
    segments: Array.from({ length: 120 }, (_, i) => ({ id: `seg-${i}`, share: 0.5, tracked: i < 25 })),
    clock: () => now,
    ...options,
  });
  return simulator;
}

describe("authentication", () => {
  test("a wrong key is echoed, with empty rate-limit headers", async () => {
    const { status, json, headers } = await ask(await start(), SERIES, { length: 1 }, "some-other-key");
    expect([status, json]).toEqual([401, { message: "Invalid API key: some-other-key" }]);
    expect(headers.get("x-ratelimit-limit")).toBe("");
    expect(headers.get("x-ratelimit-reset")).toBe("");
  });

  test("a missing key counts as a wrong key", async () => {
    expect(await ask(await start(), SERIES, { length: 1 }, "")).toMatchObject({ status: 401 });
  });

  test("a key without the permission is refused, and a new one passes", async () => {
    await start({ permissions: ["segments.list"] });
    expect(await ask(simulator, SERIES, { length: 1 })).toMatchObject({ status: 403 });
    expect(await ask(simulator, "/segments/list")).toMatchObject({ status: 200 });
    simulator.control.useKey("a-new-key", ["sessions.data_series"]);
    expect(await ask(simulator, SERIES, { length: 1 })).toMatchObject({ status: 401 });
    expect(await ask(simulator, SERIES, { length: 1 }, "a-new-key")).toMatchObject({ status: 200 });
  });
});

describe("parameters", () => {
  test.each([
    ["no length", {}, 400],
    ["a length of zero", { length: 0 }, 400],
    ["a length of 101", { length: 101 }, 400],
    ["half a length", { length: 1.5 }, 400],
    ["another unit", { length: 1, unit: "week" }, 400],
    ["an end that is no time", { length: 1, ending_at: "now" }, 400],
    ["an unknown app", { length: 1, app_id: "moon" }, 400],
    ["an unknown segment", { length: 1, segment_id: "moon" }, 400],
    ["a segment that is not tracked", { length: 1, segment_id: "seg-30" }, 400],
    ["app and segment together", { length: 1, app_id: "ios", segment_id: "seg-1" }, 200],
    ["a hundred hours", { length: 100, unit: "hour" }, 200],
  ])("%s", async (_, query, status) => {
    expect(await ask(await start(), SERIES, query)).toMatchObject({ status });
  });

  test("data is daily unless hours are requested, and ends now unless a time is given", async () => {
    expect(hoursOf(await ask(await start(), SERIES, { length: 2 }))).toEqual([
      "2026-06-15=2760",
      // 00:00 to 12:30.
      "2026-06-16=1437",
    ]);
  });

  test("an unknown path is not found", async () => {
    expect(await ask(await start(), "/sessions", { length: 1 })).toMatchObject({
      status: 404,
      json: { message: "Invalid URL" },
    });
  });
});

describe("the rate limit", () => {
  test("counts by the clock hour and is in every response", async () => {
    await start({ requestsPerHour: 3 });
    const remaining = async () =>
      (await ask(simulator, SERIES, { length: 1 })).headers.get("x-ratelimit-remaining");
    expect([await remaining(), await remaining(), await remaining()]).toEqual(["2", "1", "0"]);
    const refused = await ask(simulator, SERIES, { length: 1 });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("x-ratelimit-reset")) * SECOND).toBe(now + 30 * MINUTE);
    now += 30 * MINUTE;
    expect(await remaining()).toBe("2");
  });

  test("is shared with other clients", async () => {
    await start();
    simulator.control.spend(200_000);
    const { headers } = await ask(simulator, SERIES, { length: 1 });
    expect(headers.get("x-ratelimit-remaining")).toBe("49999");
  });
});

describe("each unknown behavior of Braze is a switch", () => {
  const twelve = { length: 3, unit: "hour", ending_at: "2026-06-16T12:00:00Z" };
  const ending = { length: 3, unit: "hour", ending_at: "2026-06-16T12:30:00Z" };
  test.each<[string, Partial<Switches>, Record<string, string | number>, string[]]>([
    [
      "as it is",
      {},
      ending,
      ["2026-06-16T10:00:00Z=100", "2026-06-16T11:00:00Z=110", "2026-06-16T12:00:00Z=60"],
    ],
    ["naive", { timeForm: "naive" }, { ...ending, length: 1 }, ["2026-06-16T12:00:00=60"]],
    ["with fractions", { timeForm: "z-fraction" }, { ...ending, length: 1 }, ["2026-06-16T12:00:00.000Z=60"]],
    [
      "as documented",
      { timeForm: "short-offset", bucketZone: "company" },
      { ...ending, length: 1 },
      ["2026-06-16T08:00:00-4:00=60"],
    ],
    [
      "with an offset",
      { timeForm: "offset-fraction", bucketZone: "company" },
      { ...ending, length: 1 },
      ["2026-06-16T08:00:00.000-04:00=60"],
    ],
    [
      "without the partial hour",
      { partialHour: "left-out" },
      { ...ending, length: 1 },
      ["2026-06-16T11:00:00Z=110"],
    ],
    [
      "cut at the end",
      { partialHour: "cut-at-ending" },
      { length: 1, unit: "hour", ending_at: "2026-06-16T10:30:00Z" },
      ["2026-06-16T10:00:00Z=50"],
    ],
    ["the edge included", { partialHour: "included" }, { ...twelve, length: 1 }, ["2026-06-16T12:00:00Z=60"]],
    ["the edge excluded", { endingEdge: "excluded" }, { ...twelve, length: 1 }, ["2026-06-16T11:00:00Z=110"]],
    [
      "empty hours left out",
      { emptyHours: "left-out" },
      { length: 2, unit: "hour", ending_at: "2026-06-16T01:30:00Z" },
      ["2026-06-16T01:00:00Z=10"],
    ],
    [
      "empty hours zero",
      {},
      { length: 2, unit: "hour", ending_at: "2026-06-16T01:30:00Z" },
      ["2026-06-16T00:00:00Z=0", "2026-06-16T01:00:00Z=10"],
    ],
    ["short", { answers: "short" }, ending, ["2026-06-16T11:00:00Z=110", "2026-06-16T12:00:00Z=60"]],
    [
      "newest first",
      { order: "descending" },
      { ...ending, length: 2 },
      ["2026-06-16T12:00:00Z=60", "2026-06-16T11:00:00Z=110"],
    ],
    [
      "late",
      { lateIngestionDelays: "rising" },
      { ...twelve, length: 2 },
      ["2026-06-16T11:00:00Z=95", "2026-06-16T12:00:00Z=51"],
    ],
    [
      "a limited history",
      { history: "limited" },
      { length: 3, unit: "hour", ending_at: "2026-06-14T14:10:00Z" },
      ["2026-06-14T13:00:00Z=130", "2026-06-14T14:00:00Z=140"],
    ],
    [
      "a midnight ends the day before it",
      {},
      { length: 1, unit: "day", ending_at: "2026-06-15T00:00:00Z" },
      ["2026-06-14=2760"],
    ],
  ])("%s", async (_, switches, query, hours) => {
    await start({ zone: "America/New_York", switches, historyHours: 48 });
    expect(hoursOf(await ask(simulator, SERIES, query))).toEqual(hours);
  });
});

test("an hour's count rises for some hours after its end, never falls, and then stays", async () => {
  await start({ switches: { lateIngestionDelays: "rising" } });
  const query = { length: 1, unit: "hour", ending_at: "2026-06-16T11:30:00Z" };
  const heights: number[] = [];
  for (let minutes = 0; minutes <= 300; minutes += 10) {
    now = Date.UTC(2026, 5, 16, 12) + minutes * MINUTE;
    heights.push((await ask(simulator, SERIES, query)).json.data[0].sessions);
  }
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  expect(heights[0]).toBe(93);
  expect(heights.slice(24)).toEqual(heights.slice(24).map(() => 110));
});

test("a local day of 25 hours names one hour twice, and one of 23 hours omits one", async () => {
  await start({ zone: "America/New_York", switches: { timeForm: "naive", bucketZone: "company" } });
  now = Date.UTC(2026, 11, 1);
  const times = async (ending_at: string) =>
    (await ask(simulator, SERIES, { length: 4, unit: "hour", ending_at })).json.data.map(
      ({ time }: { time: string }) => time.slice(11, 13),
    );
  expect(await times("2026-11-01T07:30:00Z")).toEqual(["00", "01", "01", "02"]);
  expect(await times("2026-03-08T08:30:00Z")).toEqual(["00", "01", "03", "04"]);
});

test("segments are listed a hundred per page and end with an empty page", async () => {
  await start();
  const page = async (number: number) =>
    (await ask(simulator, "/segments/list", { page: number })).json.segments;
  expect((await page(0)).length).toBe(100);
  expect((await page(1)).length).toBe(20);
  expect(await page(2)).toEqual([]);
  expect((await page(0))[30]).toEqual({
    id: "seg-30",
    name: "seg-30",
    analytics_tracking_enabled: false,
    tags: [],
  });
});

test("the simulator counts and records requests", async () => {
  await start();
  await ask(simulator, SERIES, { length: 1, app_id: "ios" });
  await ask(simulator, "/nowhere", {}, KEY);
  expect(simulator.control.requests()).toBe(2);
  expect(simulator.control.seen()).toEqual([
    { path: SERIES, query: { length: "1", app_id: "ios" }, status: 200 },
    { path: "/nowhere", query: {}, status: 404 },
  ]);
});

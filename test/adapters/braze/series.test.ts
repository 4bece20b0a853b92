import { afterEach, expect, test } from "vitest";
import {
  type Bucket,
  bucketName,
  bucketsBetween,
  DAY,
  HOUR,
  hourOf,
  MINUTE,
  WEEK,
} from "../../../src/time/time.ts";
import { distinctCounts, ios, openWorld } from "./world.ts";

const now = Date.UTC(2026, 5, 16, 12, 20);
const hour = Date.UTC(2026, 5, 16, 11);

let world: Awaited<ReturnType<typeof openWorld>>;
const open = async (...options: Parameters<typeof openWorld>) => {
  world = await openWorld(...options);
  return world;
};
afterEach(() => world.close());

const hoursOf = (points: readonly { bucket: Bucket }[]) =>
  points.map(({ bucket }) => bucketName(bucket, "hour"));

test("eight weeks of hours take fourteen or fifteen requests and have no gap", async () => {
  await open(now);
  const points = await world.client().points(ios, hour - 8 * WEEK + HOUR, hour);
  expect(points).toHaveLength(1_344);
  expect(points.every(({ bucket, value }) => value === world.control.sessions(ios, bucket))).toBe(true);
  expect(world.control.requests()).toBeLessThanOrEqual(15);
});

test("each page overlaps the newer page by at least two hours", async () => {
  await open(now);
  await world.client().points(ios, hour - 300 * HOUR, hour);
  const pages = world.control.seen().map(({ query }) => {
    const end = Date.parse(query.ending_at!);
    return { end, oldest: hourOf(end) - (Number(query.length) - 1) * HOUR };
  });
  expect(pages).toHaveLength(4);
  for (const [place, { end }] of pages.slice(1).entries()) {
    expect(end - pages[place]!.oldest).toBeGreaterThanOrEqual(2 * HOUR);
  }
});

test("a few hours take one request, which ends inside a bucket", async () => {
  await open(now);
  await world.client().points({ ...ios, segment: "us" }, hour - 5 * HOUR, hour);
  expect(world.control.seen()).toEqual([
    {
      path: "/sessions/data_series",
      status: 200,
      query: {
        app_id: "ios",
        segment_id: "us",
        unit: "hour",
        length: "21",
        ending_at: "2026-06-16T12:20:00Z",
      },
    },
  ]);
});

test("the request for the whole workspace names no app", async () => {
  await open(now, {
    apps: [
      { id: "ios", counts: () => 10 },
      { id: "web", counts: () => 5 },
    ],
  });
  const points = await world.client().points({ workspace: "main", unit: "hour" }, hour, hour);
  expect(points).toEqual([{ bucket: hour, value: 15 }]);
  expect(Object.keys(world.control.seen()[0]!.query)).toEqual(["length", "unit", "ending_at"]);
});

test.each([
  ["the hour in progress", hour + HOUR, hour + HOUR],
  ["hours to come", hour + 5 * HOUR, hour + 9 * HOUR],
  ["an empty span", hour, hour - HOUR],
])("%s: no points", async (_, from, to) => {
  await open(now);
  expect(await world.client().points(ios, from, to)).toEqual([]);
});

test("an hour is complete exactly at its end, not a moment earlier", async () => {
  await open(hour + HOUR);
  expect(await world.client().points(ios, hour, hour)).toHaveLength(1);
  world.setTime(hour + HOUR - 1);
  expect(await world.client().points(ios, hour, hour)).toEqual([]);
});

test("reading stops where Braze's history ends, and missing hours stay gaps", async () => {
  await open(now, { switches: { history: "limited" }, historyHours: 150 });
  const points = await world.client().points(ios, hour - 8 * WEEK, hour);
  // Of the 150 the last is in progress.
  expect(points).toHaveLength(149);
  expect(world.control.requests()).toBeLessThanOrEqual(5);
});

test("a series without any history takes two requests", async () => {
  await open(now, { switches: { history: "limited" }, historyHours: 0 });
  expect(await world.client().points(ios, hour - 8 * WEEK, hour)).toEqual([]);
  expect(world.control.requests()).toBe(2);
});

test("missing hours are gaps, unless the company's Braze omits empty hours", async () => {
  await open(now, { switches: { emptyHours: "left-out" } });
  const from = Date.UTC(2026, 5, 15, 22);
  const to = from + 6 * HOUR;
  expect(hoursOf(await world.client().points(ios, from, to))).toEqual([
    "2026-06-15T22",
    "2026-06-15T23",
    "2026-06-16T03",
    "2026-06-16T04",
  ]);
  const filled = await world.client({ emptyHours: "zero" }).points(ios, from, to);
  expect(filled.map(({ value }) => value)).toEqual(
    bucketsBetween(from, to, "hour").map((bucket) => distinctCounts(bucket)),
  );
});

test("an outage that Braze omits is zero once a later hour is in the response, even when the range begins in the outage", async () => {
  await open(now, { switches: { emptyHours: "left-out" } });
  world.control.happen({ series: {}, kind: "outage", from: hour - 4 * HOUR, hours: 4 });
  const points = await world.client({ emptyHours: "zero" }).points(ios, hour - 2 * HOUR, hour);
  expect(points.map(({ value }) => value)).toEqual([0, 0, distinctCounts(hour)]);
});

test("only the hours missing after the last reported hour are checked for being empty, and only where missing may mean empty", async () => {
  await open(now, { switches: { emptyHours: "left-out" } });
  world.control.happen({ series: {}, kind: "outage", from: hour - HOUR, hours: 3 });
  const asked: string[][] = [];
  const lastEmpty = async (buckets: readonly number[]) => {
    asked.push(buckets.map((bucket) => new Date(bucket).toISOString().slice(0, 13)));
    return new Set(buckets.slice(-1));
  };
  const ask = (emptyHours: "unknown" | "zero") =>
    world.client({ emptyHours }).points(ios, hour - 2 * HOUR, hour, lastEmpty);
  const lastNotified = { bucket: hour - 2 * HOUR, value: distinctCounts(hour - 2 * HOUR) };
  expect(await ask("unknown")).toEqual([lastNotified]);
  expect(asked).toEqual([]);
  expect(await ask("zero")).toEqual([lastNotified, { bucket: hour, value: 0 }]);
  expect(asked).toEqual([[hour - HOUR, hour].map((bucket) => new Date(bucket).toISOString().slice(0, 13))]);
});

test("an hour that a response leaves unclear is never read as empty", async () => {
  const doubled = Date.UTC(2026, 10, 1, 5);
  await open(doubled + 2 * HOUR + 20 * MINUTE, {
    zone: "America/New_York",
    switches: { timeForm: "naive", bucketZone: "company", emptyHours: "left-out" },
  });
  // Of the two hours named 01:00 one is left out: the one row may be either's.
  world.control.happen({ series: {}, kind: "outage", from: doubled + HOUR, hours: 1 });
  const asked: number[] = [];
  const points = await world
    .client({ naiveZone: "America/New_York", emptyHours: "zero" })
    .points(ios, doubled - HOUR, doubled + HOUR, async (buckets) => {
      asked.push(...buckets);
      return new Set(buckets);
    });
  expect(points.filter(({ bucket }) => bucket >= doubled)).toEqual([]);
  expect(asked).toEqual([]);
});

test("an outage longer than a page is unknown in its middle, and the hours before it are found", async () => {
  await open(now, { switches: { emptyHours: "left-out" } });
  world.control.happen({ series: {}, kind: "outage", from: hour - 150 * HOUR, hours: 120 });
  const points = await world.client({ emptyHours: "zero" }).points(ios, hour - 200 * HOUR, hour);
  expect(points.at(0)?.bucket).toBe(hour - 200 * HOUR);
  expect(points.filter(({ value }) => value > 0)).toHaveLength(
    bucketsBetween(hour - 200 * HOUR, hour, "hour").filter((b) => world.control.sessions(ios, b) > 0).length,
  );
});

test("a series with a few sessions a week is read back to its beginning", async () => {
  const rare = (bucket: number) => ((bucket / HOUR) % 60 === 7 ? 1 : 0);
  await open(now, { apps: [{ id: "ios", counts: rare }], switches: { emptyHours: "left-out" } });
  const from = hour - 8 * WEEK;
  const points = await world.client().points(ios, from, hour);
  expect(points.map(({ bucket }) => bucket)).toEqual(bucketsBetween(from, hour, "hour").filter(rare));
});

test("a page boundary never splits a repeated clock hour", async () => {
  const doubled = Date.UTC(2026, 10, 1, 5);
  for (const order of ["ascending", "descending"] as const) {
    await open(now, {
      zone: "America/New_York",
      switches: { timeForm: "naive", bucketZone: "company", order },
    });
    for (let after = 80; after < 110; after++) {
      const to = doubled + after * HOUR;
      world.setTime(to + HOUR + 20 * MINUTE);
      const points = await world
        .client({ naiveZone: "America/New_York" })
        .points(ios, doubled - 20 * HOUR, to);
      expect(points).toHaveLength(after + 21);
    }
    await world.close();
  }
  await open(now);
});

test("late sessions appear when the hour is read again", async () => {
  await open(now, { switches: { lateIngestionDelays: "rising" } });
  const [early] = await world.client().points(ios, hour, hour);
  expect(early!.value).toBeLessThan(distinctCounts(hour));
  world.setTime(now + 4 * HOUR);
  expect(await world.client().points(ios, hour, hour)).toEqual([
    { bucket: hour, value: distinctCounts(hour) },
  ]);
});

test("the earlier of two repeated clock hours is returned as soon as it is certain", async () => {
  const doubled = Date.UTC(2026, 10, 1, 5);
  await open(doubled + HOUR + 2 * MINUTE, {
    zone: "America/New_York",
    switches: { timeForm: "naive", bucketZone: "company", partialHour: "left-out" },
  });
  const source = world.client({ naiveZone: "America/New_York" });
  const read = async () => hoursOf(await source.points(ios, doubled, doubled + HOUR));
  expect(await read()).toEqual(["2026-11-01T05"]);
  // Asked up to 06:05Z, a single "01:00" might be either.
  world.setTime(doubled + HOUR + 6 * MINUTE);
  expect(await read()).toEqual([]);
  world.setTime(doubled + 2 * HOUR);
  expect(await read()).toEqual(["2026-11-01T05", "2026-11-01T06"]);
});

test.each(["naive", "z", "short-offset"] as const)(
  "a company in India gets whole hours when Braze writes them as %s",
  async (timeForm) => {
    await open(now + 15 * MINUTE, { zone: "Asia/Kolkata", switches: { timeForm, bucketZone: "company" } });
    const points = await world.client({ naiveZone: "Asia/Kolkata" }).points(ios, hour - 150 * HOUR, hour);
    // The hour from 11:30Z to 12:30Z is named 11:00Z, holds half of either, and is over at 12:30Z.
    expect(points).toHaveLength(151);
    expect(points.at(-1)).toEqual({
      bucket: hour,
      value: Math.round((distinctCounts(hour) + distinctCounts(hour + HOUR)) / 2),
    });
    world.setTime(now + 9 * MINUTE);
    expect(await world.client({ naiveZone: "Asia/Kolkata" }).points(ios, hour, hour)).toEqual([]);
  },
);

test.each([
  ["UTC", Date.UTC(2026, 5, 15)],
  ["America/New_York", Date.UTC(2026, 5, 15)],
  ["Australia/Melbourne", Date.UTC(2026, 5, 15)],
  ["Pacific/Kiritimati", Date.UTC(2026, 5, 16)],
])("days follow the clock of %s, and today is omitted", async (zone, yesterday) => {
  await open(now, { zone, switches: { bucketZone: zone === "UTC" ? "utc" : "company" } });
  const points = await world
    .client({ zone })
    .points({ ...ios, unit: "day" }, yesterday - 140 * DAY, yesterday + DAY);
  expect(points.map(({ bucket }) => bucket)).toEqual(bucketsBetween(yesterday - 140 * DAY, yesterday, "day"));
  expect(new Set(points.map(({ value }) => value)).size).toBeGreaterThan(1);
});

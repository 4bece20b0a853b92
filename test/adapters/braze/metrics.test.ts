import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brazeItems } from "../../../src/adapters/braze/items.ts";
import { brazeSeries } from "../../../src/adapters/braze/series.ts";
import type { campaignMetrics, canvasMetrics } from "../../../src/metrics/messages.ts";
import { hasItemName, type MetricName, metrics } from "../../../src/metrics/metrics.ts";
import type { SeriesRef } from "../../../src/series/series.ts";
import { bucketName, DAY, HOUR } from "../../../src/time/time.ts";
import { KEY, openWorld } from "./world.ts";

const now = Date.UTC(2026, 5, 3, 13, 20);
const today = Date.UTC(2026, 5, 3);

/** A server that answers every request with one body, and keeps what was asked as it came. */
let asked: string[];
let body: string;
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  response.setHeader("content-type", "application/json").end(body);
});
beforeEach(async () => {
  asked = [];
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
});

const options = (over = {}) => ({
  name: "main",
  endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  apiKey: KEY,
  clock: () => now,
  ...over,
});

/** The points of the three days or hours that a sample covers. */
async function pointsIn(sample: string, series: Omit<SeriesRef, "workspace">, over = {}) {
  body = sample;
  const to = series.unit === "day" ? today - DAY : Date.UTC(2026, 5, 3, 12);
  const from = series.unit === "day" ? today - 3 * DAY : to - 2 * HOUR;
  const points = await brazeSeries(options(over)).points({ workspace: "main", ...series }, from, to);
  return points.map(({ bucket, value }) => `${bucketName(bucket, series.unit)}=${value}`);
}

/** What is counted of campaigns and Canvases has a test of its own. */
type MessageMetric = keyof typeof campaignMetrics | keyof typeof canvasMetrics;

const flat = (Object.keys(metrics) as MetricName[]).filter(
  (metric): metric is keyof typeof contract => !hasItemName({ metric }),
);

/** For each metric: what is asked, character by character, and an answer as it was recorded or is documented. */
const contract: Readonly<
  Record<
    Exclude<MetricName, MessageMetric>,
    readonly [series: Omit<SeriesRef, "workspace">, url: string, answer: string, read: string[]]
  >
> = {
  sessions: [
    { app: "ios", segment: "us", unit: "hour" },
    "/sessions/data_series?length=18&unit=hour&ending_at=2026-06-03T13%3A20%3A00Z&app_id=ios&segment_id=us",
    '{"message":"success","data":[{"time":"2026-06-03T10:00:00Z","sessions":5},{"time":"2026-06-03T12:00:00Z","sessions":7}]}',
    ["2026-06-03T10=5", "2026-06-03T12=7"],
  ],
  events: [
    { metric: "events", item: "Order Completed & paid+", app: "ios", segment: "us", unit: "hour" },
    "/events/data_series?event=Order%20Completed%20%26%20paid%2B&length=18&unit=hour&ending_at=2026-06-03T13%3A20%3A00Z&app_id=ios&segment_id=us",
    '{"message":"success","data":[{"time":"2026-06-03T11:00:00Z","count":0},{"time":"2026-06-03T12:00:00Z","count":1340}]}',
    ["2026-06-03T11=0", "2026-06-03T12=1340"],
  ],
  purchases: [
    { metric: "purchases", item: "Rice Bowl", app: "ios", unit: "hour" },
    "/purchases/quantity_series?product=Rice%20Bowl&length=18&unit=hour&ending_at=2026-06-03T13%3A20%3A00Z&app_id=ios",
    '{"message":"success","data":[{"time":"2026-06-03T12:00:00Z","purchase_quantity":12.0}]}',
    ["2026-06-03T12=12"],
  ],
  // With its keys in the order of a draft of Braze's own page; refunds are negative.
  revenue: [
    { metric: "revenue", unit: "hour" },
    "/purchases/revenue_series?length=18&unit=hour&ending_at=2026-06-03T13%3A20%3A00Z",
    '{"data":[{"time":"2026-06-03T11:00:00Z","revenue":-12.5},{"time":"2026-06-03T12:00:00Z","revenue":1186.99}],"message":"success"}',
    ["2026-06-03T11=-12.5", "2026-06-03T12=1186.99"],
  ],
  dau: [
    { metric: "dau", app: "ios", unit: "day" },
    "/kpi/dau/data_series?length=18&ending_at=2026-06-03T11%3A50%3A00Z&app_id=ios",
    '{"message":"success","data":[{"time":"2026-06-01","dau":9},{"time":"2026-06-02","dau":8}]}',
    ["2026-06-01=9", "2026-06-02=8"],
  ],
  // As recorded in a workspace without users.
  mau: [
    { metric: "mau", unit: "day" },
    "/kpi/mau/data_series?length=18&ending_at=2026-06-03T11%3A50%3A00Z",
    '{"message":"success","data":[{"time":"2026-06-01","mau":0},{"time":"2026-06-02","mau":0}]}',
    ["2026-06-01=0", "2026-06-02=0"],
  ],
  "new-users": [
    { metric: "new-users", unit: "day" },
    "/kpi/new_users/data_series?length=18&ending_at=2026-06-03T11%3A50%3A00Z",
    '{"message":"success","data":[{"time":"2026-06-02","new_users":100}]}',
    ["2026-06-02=100"],
  ],
  uninstalls: [
    { metric: "uninstalls", unit: "day" },
    "/kpi/uninstalls/data_series?length=18&ending_at=2026-06-03T11%3A50%3A00Z",
    '{"message":"success","data":[{"time":"2026-06-02","uninstalls":3}]}',
    ["2026-06-02=3"],
  ],
  // As recorded: whole numbers as floats.
  "segment-size": [
    { metric: "segment-size", segment: "us", unit: "day" },
    "/segments/data_series?length=18&ending_at=2026-06-03T11%3A50%3A00Z&segment_id=us",
    '{"message":"success","data":[{"time":"2026-05-31","size":26660.0},{"time":"2026-06-01","size":0.0},{"time":"2026-06-02","size":26660.5}]}',
    ["2026-05-31=26660", "2026-06-01=0", "2026-06-02=26660.5"],
  ],
};

describe.each(Object.entries(contract))("%s", (_, [series, url, answer, read]) => {
  test("is asked for with exactly the parameters that its endpoint documents", async () => {
    await pointsIn(answer, series);
    expect(asked[0]).toBe(url);
  });

  test("is read from an answer as Braze writes it", async () => {
    expect(await pointsIn(answer, series)).toEqual(read);
  });

  test.each([
    ["no rows", '{"message":"success","data":[]}'],
    ["null in place of rows", '{"message":"success","data":null}'],
  ])("%s mean that nothing is known, not zero", async (_what, empty) => {
    expect(await pointsIn(empty, series, { emptyHours: "zero" })).toEqual([]);
  });
});

test.each(flat)("%s: what is no such number leaves only its own day unknown", async (metric) => {
  const { field, kind } = metrics[metric];
  const series = { ...contract[metric][0], unit: "day" } as const;
  const rows = ["7", "null", kind === "money" ? '"8"' : "-1"].map(
    (value, i) => `{"time":"2026-0${i === 0 ? "5-31" : `6-0${i}`}","${field}":${value}}`,
  );
  expect(await pointsIn(`{"message":"success","data":[${rows.join(",")}]}`, series)).toEqual([
    "2026-05-31=7",
  ]);
});

test("the same day twice with different values is unknown", async () => {
  const rows = '{"time":"2026-06-02","dau":3},{"time":"2026-06-02","dau":4},{"time":"2026-06-01","dau":5}';
  const sample = `{"message":"success","data":[${rows}]}`;
  expect(await pointsIn(sample, { metric: "dau", unit: "day" })).toEqual(["2026-06-01=5"]);
});

test.each([
  [{ metric: "dau", unit: "hour" }, /by the day only/],
  [{ metric: "events", unit: "hour" }, /which custom event/],
  [{ metric: "revenue", segment: "us", unit: "hour" }, /for all users only/],
  [{ metric: "segment-size", unit: "day" }, /which segment/],
] as const)("Braze is never asked for %j, which its endpoint does not know", async (series, problem) => {
  await expect(pointsIn("{}", series)).rejects.toThrow(problem);
  expect(asked).toEqual([]);
});

describe("against the simulator", () => {
  const shop = {
    events: [{ name: "Order Completed", perSession: 0.1 }],
    products: [{ name: "Rice Bowl", perSession: 0.1, price: 12.5 }],
  };

  test.each(Object.entries(contract))(
    "%s is read the same however numbers are written",
    async (metric, [series]) => {
      const world = await openWorld(now, shop);
      const known =
        series.item === undefined
          ? series
          : { ...series, item: shop[metric === "events" ? "events" : "products"][0]!.name };
      const to = series.unit === "day" ? today - DAY : Date.UTC(2026, 5, 3, 12);
      const read = () => world.client().points({ workspace: "main", ...known }, to - 5 * DAY, to);
      const plain = await read();
      world.control.turn({ numbers: "float", keys: "data-first" });
      expect(await read()).toEqual(plain);
      expect(plain.length).toBeGreaterThan(5);
      expect(plain.some(({ value }) => value > 0)).toBe(true);
      await world.close();
    },
  );

  test.each([
    ["/purchases/revenue_series", { metric: "revenue", unit: "hour" }, "purchases.revenue_series"],
    ["/kpi/uninstalls/data_series", { metric: "uninstalls", unit: "day" }, "kpi.uninstalls.data_series"],
  ] as const)(
    "a key that may not read %s is refused with the permission that it needs",
    async (_path, series, permission) => {
      const world = await openWorld(now, { permissions: ["sessions.data_series"] });
      const refused = world.client().points({ workspace: "main", ...series }, today - DAY, today - DAY);
      await expect(refused).rejects.toMatchObject({
        failure: "braze-no-permission",
        advice: expect.stringMatching(
          new RegExp(`the permission ${permission} .* contract includes this metric`),
        ),
      });
      await world.close();
    },
  );

  test.each([
    [
      "an unknown custom event",
      { metric: "events", item: "Gone", unit: "hour" },
      /spelling of the custom event/,
    ],
    [
      "a product that is no longer there",
      { metric: "revenue", item: "Gone", unit: "hour" },
      /no longer sold/,
    ],
    [
      "a segment that is not tracked",
      { metric: "segment-size", segment: "beta", unit: "day" },
      /analytics tracking/,
    ],
  ] as const)("%s is refused in a clear sentence", async (_what, series, advice) => {
    const world = await openWorld(now, { ...shop, segments: [{ id: "beta", share: 1, tracked: false }] });
    world.control.turn({ unknownItem: "refused" });
    const refused = world.client().points({ workspace: "main", ...series }, today - DAY, today - DAY);
    await expect(refused).rejects.toMatchObject({
      failure: "braze-unknown-id",
      advice: expect.stringMatching(advice),
    });
    await world.close();
  });

  test("an unknown event without rows stays unknown, and is not zero", async () => {
    const world = await openWorld(now, shop);
    const series = { workspace: "main", metric: "events", item: "Gone", unit: "hour" } as const;
    const source = world.client({ emptyHours: "zero" });
    expect(await source.points(series, today - DAY, today - HOUR)).toEqual([]);
    await world.close();
  });

  test("custom events and products are listed page by page", async () => {
    const world = await openWorld(now, {
      events: Array.from({ length: 600 }, (_, i) => ({ name: `Event ${i}`, perSession: 1 })),
      products: Array.from({ length: 60 }, (_, i) => ({ name: `Product ${i}`, perSession: 1, price: 1 })),
    });
    const items = brazeItems(world.clientOptions());
    expect(new Set(await items(metrics.events.item)).size).toBe(600);
    expect(new Set(await items(metrics.revenue.item)).size).toBe(60);
    expect(world.control.seen().map(({ path, query }) => `${path} ${query.page}`)).toEqual([
      ...[0, 1, 2, 3].map((page) => `/events/list ${page}`),
      ...[0, 1, 2].map((page) => `/purchases/product_list ${page}`),
    ]);
    await world.close();
  });
});

test("a server that repeats one page for ever is asked for it twice", async () => {
  body = '{"message":"success","events":["Order"]}';
  expect(await brazeItems(options())(metrics.events.item)).toEqual([{ id: "Order", name: "Order" }]);
  expect(asked).toEqual(["/events/list?page=0", "/events/list?page=1"]);
});

import { beforeEach, expect, test } from "vitest";
import { chartPng } from "../../../src/adapters/chart/painter.ts";
import { keysOf } from "../../../src/adapters/redis/keys.ts";
import { redisStores } from "../../../src/adapters/redis/stores.ts";
import { slackChartImages } from "../../../src/adapters/slack/messages/chart-images.ts";
import { type AttachChartOptions, chartAttacher } from "../../../src/pipeline/notifying/attach-chart.ts";
import type { Message } from "../../../src/pipeline/ports/messages.ts";
import type { ChartData } from "../../../src/reports/chart.ts";
import { seriesId } from "../../../src/series/series.ts";
import { HOUR } from "../../../src/time/time.ts";
import { ownRedis } from "../../adapters/redis/own-redis.ts";
import { aGroupNotification, aMember, aNotification, aWatch, noon } from "../../support/builders.ts";

const message: Message = { text: "Drop", blocks: [{ type: "divider" }] };
const values = Array.from({ length: 8 * 168 }, (_, i) => 1_000 + (i % 24) * 10);
const first = noon - (values.length - 1) * HOUR;
const id = seriesId(aWatch().series);

const own = ownRedis();
const keys = keysOf("tidewatch");

beforeEach(async () => {
  await own.redis.flushall();
  const points = values.map((value, i) => ({ bucket: first + i * HOUR, value }));
  await redisStores(own.redis).series.write(id, points, first, noon);
});

const nothingHung = { takeDown: async () => {} };

function illustrated(over: Partial<AttachChartOptions>, notification = aNotification("opened")) {
  const lost: string[] = [];
  const attachChart = chartAttacher({
    ...redisStores(own.redis),
    profiles: async () => () => ({ unit: "hour", zone: "UTC" }),
    isHoliday: () => false,
    painter: chartPng,
    chartUpload: { ...nothingHung, hang: async () => "F0SIMULATED1" },
    chartImages: slackChartImages(),
    onLost: (error) => void lost.push(String(error)),
    ...over,
  });
  return { lost, message: attachChart(message, notification) };
}

const kindsOf = async ({ message }: { message: Promise<Message> }) =>
  (await message).chartImages?.map(({ type }) => type);

test("the best picture is the first choice of a message", async () => {
  const made = illustrated({});
  expect(await kindsOf(made)).toEqual(["image", "data_visualization", "section"]);
  expect(made.lost).toEqual([]);
});

test("the chart of a group shows its other members below the first, on the same hours", async () => {
  const android = aWatch({
    id: "android",
    appName: "Android",
    series: { workspace: "main", app: "android", unit: "hour" },
  });
  const points = values.map((value, i) => ({ bucket: first + i * HOUR, value: value * 3 }));
  await redisStores(own.redis).series.write(seriesId(android.series), points, first, noon);
  const lead = aMember();
  const twice = aMember({ id: "ios-us-2.drop@2026-06-16T12" }, { id: "ios-us-2" });
  const notification = aGroupNotification("opened", [lead, twice, aMember({ watchId: "android" }, android)]);
  const drawn: ChartData[] = [];
  const made = illustrated({ painter: (chart) => chartPng(drawn[drawn.push(chart) - 1]!) }, notification);
  const [image] = (await made.message).chartImages ?? [];
  expect(made.lost).toEqual([]);
  expect(drawn[0]!.title).toEqual(["Android", "US"]);
  expect(drawn[0]!.panels?.map(({ title }) => title)).toEqual([["iOS", "US"]]);
  expect(drawn[0]!.panels![0]!.points.map(({ bucket }) => bucket)).toEqual(
    drawn[0]!.points.map(({ bucket }) => bucket),
  );
  expect(image?.alt_text).toMatch(/Below: iOS · US, sessions\. The last hour has 1,\d{3}, expected /);
});

test.each<[string, Partial<AttachChartOptions>]>([
  ["is not drawn", { painter: async () => Promise.reject(new Error("no renderer")) }],
  [
    "is not taken",
    { chartUpload: { ...nothingHung, hang: async () => Promise.reject(new Error("no scope")) } },
  ],
  [
    "comes too late",
    {
      timeout: 1_000,
      chartUpload: {
        ...nothingHung,
        hang: (_, __, signal) =>
          new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("late")))),
      },
    },
  ],
])("a picture that %s is replaced by Slack's own chart, and reported", async (_, over) => {
  const made = illustrated(over);
  expect(await kindsOf(made)).toEqual(["data_visualization", "section"]);
  expect(made.lost).toHaveLength(1);
});

/** The stores after their connection has ended. */
function endedStores() {
  const ended = own.redis.duplicate();
  ended.disconnect();
  return redisStores(ended);
}

test.each<[string, () => unknown, number]>([
  ["was never stored", () => own.redis.flushall(), 0],
  ["is damaged", () => own.redis.set(keys.history(id), "short"), 0],
  ["cannot be read", endedStores, 1],
])("a message about a series that %s is posted without a chart", async (_, spoil, losses) => {
  const stores = await spoil();
  const made = illustrated(typeof stores === "object" ? (stores as ReturnType<typeof endedStores>) : {});
  expect(await made.message).toEqual(message);
  expect(made.lost).toHaveLength(losses);
});

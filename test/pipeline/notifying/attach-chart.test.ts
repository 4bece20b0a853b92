import { expect, test } from "vitest";
import { chartPng } from "../../../src/adapters/chart/painter.ts";
import { slackChartImages } from "../../../src/adapters/slack/messages/chart-images.ts";
import { type AttachChartDeps, chartAttacher } from "../../../src/pipeline/notifying/attach-chart.ts";
import type { Message } from "../../../src/pipeline/ports/messages.ts";
import { HOUR } from "../../../src/time/time.ts";
import { aNotice, noon } from "../../builders.ts";

const message: Message = { text: "Drop", blocks: [{ type: "divider" }] };
const sessions = Array.from({ length: 8 * 168 }, (_, i) => 1_000 + (i % 24) * 10);
const history = { first: noon - (sessions.length - 1) * HOUR, sessions };
const stored = { history, collectedThrough: noon, revision: 0 };

const nothingHung = { takeDown: async () => {} };

function illustrated(over: Partial<AttachChartDeps>) {
  const lost: string[] = [];
  const attachChart = chartAttacher({
    series: { read: async () => stored },
    exclusions: { of: async () => [] },
    profiles: async () => () => ({ unit: "hour", zone: "UTC" }),
    isHoliday: () => false,
    painter: chartPng,
    chartUpload: { ...nothingHung, hang: async () => "F0SIMULATED1" },
    chartImages: slackChartImages(),
    onLost: (error) => void lost.push(String(error)),
    ...over,
  });
  return { lost, message: attachChart(message, aNotice("opened")) };
}

const kindsOf = async ({ message }: { message: Promise<Message> }) =>
  (await message).chartImages?.map(({ type }) => type);

test("the best picture is the first choice of a message", async () => {
  const made = illustrated({});
  expect(await kindsOf(made)).toEqual(["image", "data_visualization", "section"]);
  expect(made.lost).toEqual([]);
});

test.each<[string, Partial<AttachChartDeps>]>([
  ["is not drawn", { painter: async () => Promise.reject(new Error("no renderer")) }],
  [
    "is not taken",
    { chartUpload: { ...nothingHung, hang: async () => Promise.reject(new Error("no scope")) } },
  ],
  [
    "comes too late",
    {
      patience: 1_000,
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

test.each<[string, Partial<AttachChartDeps>, number]>([
  ["was never stored", { series: { read: async () => undefined } }, 0],
  ["cannot be read", { series: { read: async () => Promise.reject(new Error("damaged")) } }, 1],
  ["is empty", { series: { read: async () => ({ ...stored, history: { first: noon, sessions: [] } }) } }, 0],
])("a message about a series that %s is posted without a chart", async (_, over, losses) => {
  const made = illustrated(over);
  expect(await made.message).toEqual(message);
  expect(made.lost).toHaveLength(losses);
});

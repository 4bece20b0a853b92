import { afterEach, beforeEach, expect, test } from "vitest";
import { type SlackSimulator, startSlackSimulator } from "../../../../simulator/slack/simulator.ts";
import { chartPng } from "../../../../src/adapters/chart/painter.ts";
import { slackChartUpload } from "../../../../src/adapters/slack/client/chart-upload.ts";
import { slackMessenger } from "../../../../src/adapters/slack/client/messenger.ts";
import { slackChartImages } from "../../../../src/adapters/slack/messages/chart-images.ts";
import type { ChartUpload } from "../../../../src/pipeline/ports/charts.ts";
import type { Message, Messenger } from "../../../../src/pipeline/ports/messages.ts";
import { HOUR, SECOND } from "../../../../src/time/time.ts";
import { noon } from "../../../support/builders.ts";
import { scenes } from "../../chart/scenes.ts";

const CHANNEL = "C0ALERTS1";
const chart = scenes.drop!;
const { image, otherwise } = slackChartImages();

let slack: SlackSimulator;
let chartUpload: ChartUpload;
let messenger: Messenger;
let now = noon;
const warnings: unknown[] = [];

beforeEach(async () => {
  now = noon;
  warnings.length = 0;
  slack = await startSlackSimulator();
  const log = { warn: (...line: unknown[]) => void warnings.push(line) };
  chartUpload = slackChartUpload({ token: slack.token, apiUrl: slack.apiUrl, clock: () => now });
  messenger = slackMessenger({ token: slack.token, apiUrl: slack.apiUrl, log });
});
afterEach(() => slack.close());

const hang = async (missingDataTimeout = 10 * SECOND) =>
  chartUpload.hang(await chartPng(chart), chart, AbortSignal.timeout(missingDataTimeout));

const post = (chartImages: Message["chartImages"]) => {
  const blocks = ["first", "second"].map((text) => ({ type: "section", text: { type: "mrkdwn", text } }));
  return messenger.post(
    CHANNEL,
    { text: "Drop", blocks, ...(chartImages && { chartImages }) },
    { messageId: "a" },
  );
};
const kindsPosted = () => slack.messages(CHANNEL).map(({ blocks }) => blocks.map(({ type }) => type));

test("a chart is attached without a channel, has alternative text, and follows the headline", async () => {
  const id = await hang();
  await post([image(id, chart), ...otherwise(chart)]);

  expect(kindsPosted()).toEqual([["section", "image", "section"]]);
  expect(Buffer.from(slack.files.file(id)!.bytes!).subarray(1, 4).toString()).toBe("PNG");
  expect(slack.files.file(id)?.alt).toContain("A drop of 4 hours from Tue 16 16:00");
  expect(slack.calls("files.completeUploadExternal")[0]?.args).not.toHaveProperty("channel_id");
  expect(warnings).toEqual([]);
});

test("the upload waits for a file that Slack processes slowly", async () => {
  slack.files.switch({ looks: 3 });
  const id = await hang();
  expect(slack.calls("files.info").length).toBe(4);
  await post([image(id, chart)]);
  expect(kindsPosted()).toEqual([["section", "image", "section"]]);
});

test("the upload gives up in time on a file that never becomes ready", async () => {
  slack.files.switch({ looks: Number.POSITIVE_INFINITY });
  await expect(hang(300)).rejects.toThrow();
});

test("the upload gives up in time on a Slack that never answers", async () => {
  slack.faults.next("files.getUploadURLExternal", { kind: "stall" });
  await expect(hang(300)).rejects.toThrow("took longer than it may");
});

test("without the scope the upload is not retried for an hour", async () => {
  slack.grant(["chat:write"]);
  await expect(hang()).rejects.toMatchObject({ advice: expect.stringContaining("files:write") });
  await expect(hang()).rejects.toThrow("missing_scope");
  expect(slack.calls("files.getUploadURLExternal")).toHaveLength(1);

  slack.grant(["chat:write", "files:write", "files:read"]);
  now += HOUR;
  await expect(hang()).resolves.toMatch(/^F/);
});

test.each(["file_uploads_disabled", "storage_limit_reached", "file_type_not_allowed"])(
  "where Slack accepts no files (%s), the log says whom to ask, and the upload is retried after an hour",
  async (error) => {
    slack.faults.next("files.getUploadURLExternal", { kind: "error", error });
    const failure = {
      failure: "slack-uploads",
      message: `Slack answered files.getUploadURLExternal for a chart with ${error}`,
      advice: expect.stringContaining("ask a workspace admin"),
    };
    await expect(hang()).rejects.toMatchObject(failure);
    await expect(hang()).rejects.toMatchObject(failure);
    expect(slack.calls("files.getUploadURLExternal")).toHaveLength(1);
    now += HOUR;
    await expect(hang()).resolves.toMatch(/^F/);
  },
);

test("a rate limit pauses chart uploads for as long as Slack says", async () => {
  slack.faults.next("files.getUploadURLExternal", { kind: "rate-limit", retryAfter: 30 });
  await expect(hang()).rejects.toThrow("429");
  now += 29 * SECOND;
  await expect(hang()).rejects.toThrow("429");
  now += SECOND;
  await expect(hang()).resolves.toMatch(/^F/);
});

test("a picture that Slack refuses is replaced by Slack's own chart, then by bars, and each refusal is logged", async () => {
  slack.files.switch({ takesCharts: false });
  await post([image("F0NOTTHERE1", chart), ...otherwise(chart)]);

  expect(kindsPosted()).toEqual([["section", "section", "section"]]);
  expect(JSON.stringify(slack.messages(CHANNEL)[0]?.blocks[1])).toContain("▂▁▁");
  // Slack's own words about each are logged besides.
  expect(warnings.filter((line) => String(line).endsWith("picture.refused"))).toEqual([
    [{ chartImage: "image", error: "invalid_blocks" }, "picture.refused"],
    [{ chartImage: "data_visualization", error: "invalid_blocks" }, "picture.refused"],
  ]);
});

test("a message is posted without a chart when Slack refuses every form of it", async () => {
  await post([image("F0NOTTHERE1", chart)]);
  expect(kindsPosted()).toEqual([["section", "section"]]);
});

test("a message is posted without its picture after an unknown refusal, which may concern the picture", async () => {
  slack.faults.next("chat.postMessage", { kind: "error", error: "invalid_moon_phase" });
  await post([image("F0NOTTHERE1", chart)]);
  expect(kindsPosted()).toEqual([["section", "section"]]);
});

test("a message that may have arrived is never sent again with another picture", async () => {
  slack.faults.next("chat.postMessage", { kind: "status", status: 503, stored: true });
  await expect(post(otherwise(chart))).rejects.toMatchObject({ failure: "slack-unsure" });
  expect(slack.messages(CHANNEL)).toHaveLength(1);
});

test("an edit falls back in the same way as a post", async () => {
  const ref = await post(undefined);
  const edited = {
    text: "Drop",
    blocks: [{ type: "divider" }],
    chartImages: [image("F0NOTTHERE1", chart), ...otherwise(chart)],
  };
  expect(await messenger.update(ref, edited, "a")).toBe(true);
  expect(kindsPosted()).toEqual([["divider", "data_visualization"]]);
});

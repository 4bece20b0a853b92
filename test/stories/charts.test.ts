import { afterEach, expect, test } from "vitest";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
afterEach(() => stage?.close());

const at = (hours: number) => noon + hours * HOUR;

test("an outage keeps its first picture; newer ones are posted in its thread, because an edit would show none", async () => {
  stage = await setStage(noon);
  const { bot, braze, slack } = stage;
  await bot.watches.save(watches[0]!);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 4 });
  await stage.startWorkers();

  await stage.liveThrough(at(2));
  const first = slack.messages("C0ALERTS1")[0]?.blocks[1] as { slack_file: { id: string } };
  expect(first).toMatchObject({ type: "image" });
  await stage.liveThrough(at(10));
  const [root, ...replies] = slack.messages("C0ALERTS1");
  expect(root?.before.length).toBeGreaterThan(2);
  expect(root?.blocks[1]).toEqual(first);
  const end = replies.at(-1)?.blocks[1] as { slack_file: { id: string } };
  expect(end).toMatchObject({ type: "image", alt_text: expect.stringContaining("A drop of 4 hours") });
  expect(end.slack_file.id).not.toBe(first.slack_file.id);
  for (const {
    slack_file: { id },
  } of [first, end]) {
    expect(slack.files.isShown(id)).toBe(true);
    expect((await fetch(`${slack.url}/files/${id}`)).status).toBe(200);
  }
});

test("a message that was posted with Slack's own chart is never edited to name a picture", async () => {
  stage = await setStage(noon);
  const { bot, braze, slack } = stage;
  await bot.watches.save(watches[0]!);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 4 });
  slack.grant(["chat:write", "channels:history"]);
  await stage.startWorkers();

  await stage.liveThrough(at(3));
  expect(slack.messages("C0ALERTS1")[0]?.blocks[1]).toMatchObject({ type: "data_visualization" });
  slack.grant(["chat:write", "channels:history", "files:write", "files:read"]);
  await stage.liveThrough(at(10));
  expect(slack.messages("C0ALERTS1")[0]?.blocks[1]).toMatchObject({ type: "data_visualization" });
});

test("an outage is posted with a picture, and its end with Slack's own chart after pictures are forbidden", async () => {
  stage = await setStage(noon);
  const { bot, braze, slack } = stage;
  await bot.watches.save(watches[0]!);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 4 });
  await stage.startWorkers();

  await stage.liveThrough(at(3));
  const [lastNotified] = slack.messages("C0ALERTS1");
  expect(lastNotified?.blocks[1]).toMatchObject({
    type: "image",
    alt_text: expect.stringContaining("A drop of"),
  });

  slack.grant(["chat:write", "channels:history"]);
  await stage.liveThrough(at(10));
  const [over, ...replies] = slack.messages("C0ALERTS1");
  expect(over?.ts).toBe(lastNotified?.ts);
  expect(over?.blocks[1]).toEqual(lastNotified?.blocks[1]);
  expect(replies.at(-1)?.blocks[1]).toMatchObject({ type: "data_visualization" });
  expect(stage.log.join("")).toContain("picture.lost");
});

test("where uploads are disabled, an outage is posted with Slack's own chart, and the log says so once", async () => {
  stage = await setStage(noon);
  const { bot, braze, slack } = stage;
  await bot.watches.save(watches[0]!);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 4 });
  const never = { kind: "error", error: "file_uploads_disabled" } as const;
  slack.faults.next("files.getUploadURLExternal", never, 1_000);
  await stage.startWorkers();

  await stage.liveThrough(at(4));
  const [lastNotified] = slack.messages("C0ALERTS1");
  expect(lastNotified?.blocks[1]).toMatchObject({ type: "data_visualization" });
  const lost = stage.log.filter((line) => line.includes("picture.lost"));
  expect(lost).toHaveLength(1);
  expect(lost[0]).toContain("The Slack workspace does not allow uploads: ask a workspace admin");
});

test("where edits may replace pictures, an alert shows its newest one and the older files are deleted", async () => {
  stage = await setStage(noon, { newChartImages: "edit" });
  const { bot, braze, slack } = stage;
  slack.files.switch({ editsShowNewFiles: true });
  await bot.watches.save(watches[0]!);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 4 });
  await stage.startWorkers();

  await stage.liveThrough(at(2));
  const first = slack.messages("C0ALERTS1")[0]?.blocks[1] as { slack_file: { id: string } };
  await stage.liveThrough(at(10));
  const [root, ...replies] = slack.messages("C0ALERTS1");
  const newest = root?.blocks[1] as { slack_file: { id: string } };
  expect(newest).toMatchObject({ type: "image", alt_text: expect.stringContaining("A drop of 4 hours") });
  expect(newest.slack_file.id).not.toBe(first.slack_file.id);
  expect(slack.files.isShown(newest.slack_file.id)).toBe(true);
  expect(replies.flatMap(({ blocks }) => blocks).filter(({ type }) => type === "image")).toEqual([]);
  await until(() => slack.files.kept().length === 1, "the older files to be deleted");
  expect(slack.files.kept()).toEqual([newest.slack_file.id]);
});

test("a picture that Slack refuses to show is deleted", async () => {
  stage = await setStage(noon);
  const { bot, braze, slack } = stage;
  await bot.watches.save(watches[0]!);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 4 });
  slack.refuse(({ method, args }) =>
    method === "chat.postMessage" && String(args.blocks).includes("slack_file")
      ? "invalid_blocks"
      : undefined,
  );
  await stage.startWorkers();

  await stage.liveThrough(at(3));
  expect(slack.messages("C0ALERTS1")[0]?.blocks[1]).toMatchObject({ type: "data_visualization" });
  expect(slack.calls("files.completeUploadExternal").length).toBeGreaterThan(0);
  await until(() => slack.files.kept().length === 0, "the file that nothing shows to be deleted");
});

test("a missing permission to delete files is logged once and delays no alert", async () => {
  stage = await setStage(noon, { newChartImages: "edit" });
  const { bot, braze, slack } = stage;
  await bot.watches.save(watches[0]!);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 4 });
  slack.refuse(({ method }) => (method === "files.delete" ? "cant_delete_file" : undefined));
  await stage.startWorkers();

  await stage.liveThrough(at(10));
  expect(slack.messages("C0ALERTS1")[0]?.text).toMatch(/^✅ Resolved: /);
  await until(() => slack.calls("files.delete").length > 1, "more than one file to be deleted");
  expect(stage.log.filter((line) => line.includes("picture.kept"))).toHaveLength(1);
});

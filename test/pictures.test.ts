import { afterEach, expect, test } from "vitest";
import { HOUR } from "../src/time/time.ts";
import { noon } from "./builders.ts";
import { type Stage, setStage, watches } from "./stage.ts";

let stage: Stage;
afterEach(() => stage?.close());

const at = (hours: number) => noon + hours * HOUR;

test("an outage keeps the picture it was posted with; a newer one comes in its thread, since an edit would show none", async () => {
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

test("an outage is told with a picture, and its end with Slack's own chart once pictures are forbidden", async () => {
  stage = await setStage(noon);
  const { bot, braze, slack } = stage;
  await bot.watches.save(watches[0]!);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 4 });
  await stage.startWorkers();

  await stage.liveThrough(at(3));
  const [told] = slack.messages("C0ALERTS1");
  expect(told?.blocks[1]).toMatchObject({ type: "image", alt_text: expect.stringContaining("A drop of") });

  slack.grant(["chat:write", "channels:history"]);
  await stage.liveThrough(at(10));
  const [over, ...replies] = slack.messages("C0ALERTS1");
  expect(over?.ts).toBe(told?.ts);
  expect(over?.blocks[1]).toEqual(told?.blocks[1]);
  expect(replies.at(-1)?.blocks[1]).toMatchObject({ type: "data_visualization" });
  expect(stage.log.join("")).toContain("picture.lost");
});

test("where uploads are switched off, an outage is told with Slack's own chart, and the log says so once", async () => {
  stage = await setStage(noon);
  const { bot, braze, slack } = stage;
  await bot.watches.save(watches[0]!);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 4 });
  const never = { kind: "error", error: "file_uploads_disabled" } as const;
  slack.faults.next("files.getUploadURLExternal", never, 1_000);
  await stage.startWorkers();

  await stage.liveThrough(at(4));
  const [told] = slack.messages("C0ALERTS1");
  expect(told?.blocks[1]).toMatchObject({ type: "data_visualization" });
  const lost = stage.log.filter((line) => line.includes("picture.lost"));
  expect(lost).toHaveLength(1);
  expect(lost[0]).toContain("The Slack workspace does not allow uploads: ask a workspace admin");
});

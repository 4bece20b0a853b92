import { afterEach, expect, test } from "vitest";
import { HOUR } from "../src/core/time.ts";
import { noon } from "./builders.ts";
import { type Stage, setStage, watches } from "./stage.ts";

let stage: Stage;
afterEach(() => stage?.close());

const at = (hours: number) => noon + hours * HOUR;

test("an outage is told with a picture, and with Slack's own chart once pictures are forbidden", async () => {
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
  const [over] = slack.messages("C0ALERTS1");
  expect(over?.ts).toBe(told?.ts);
  expect(over?.blocks[1]).toMatchObject({ type: "data_visualization" });
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

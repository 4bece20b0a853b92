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

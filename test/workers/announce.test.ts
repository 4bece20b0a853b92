import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../../src/cli/watch/main.ts";
import { noon } from "../support/builders.ts";
import { runMain, settingsOf } from "../support/program.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(noon);
});
afterAll(() => stage.close());

test("the announcement of a change in a channel that refuses it is not retried at each tick", async () => {
  for (const watch of watches) await stage.bot.watches.save(watch);
  stage.slack.change("C0ALERTS1", { isArchived: true });
  const { queues } = await stage.startWorkers();
  const { status } = await runMain(main, ["remove", "ios"], settingsOf(stage));
  expect(status).toBe(0);
  const done = async () => (await queues.outcomes()).health.completed;
  const refused = async () => (await queues.outcomes()).announce.failed;
  await until(async () => (await refused()) > 0, "the first refusal");
  const before = await done();
  await until(async () => (await done()) >= before + 10, "ten more ticks");
  // Those that were under way when it was first refused, and the one of the hour.
  expect(await refused()).toBeLessThanOrEqual(3);

  // Once the channel takes something again, nothing waits for the hour to be over.
  stage.slack.change("C0ALERTS1", { isArchived: false });
  await stage.bot.messenger.post("C0ALERTS1", { text: "hello", blocks: [] }, { messageId: "hello" });
  await until(async () => (await stage.bot.changes.unannounced()).length === 0, "the change to be told");
});

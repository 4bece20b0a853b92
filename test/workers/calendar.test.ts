import { afterAll, beforeAll, expect, test } from "vitest";
import { planEvent } from "../../src/pipeline/actions/plan-event.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(noon);
});
afterAll(() => stage.close());

test("a calendar post in a channel that refuses it is not retried at each tick", async () => {
  await stage.bot.watches.save(watches[0]!);
  stage.slack.change("C0ALERTS1", { isArchived: true });
  const [from, to] = [noon + 4 * HOUR, noon + 6 * HOUR];
  await planEvent({ name: "Sale", from, to, scope: {}, by: "ada" }, stage.bot);
  const { queues } = await stage.startWorkers();
  const done = async () => (await queues.outcomes()).health.completed;
  const refused = async () => (await queues.outcomes()).calendar.failed;
  await until(async () => (await refused()) > 0, "the first refusal");
  const before = await done();
  await until(async () => (await done()) >= before + 10, "ten more looks");
  // Those that were under way when it was first refused, and the one of the hour.
  expect(await refused()).toBeLessThanOrEqual(3);
});

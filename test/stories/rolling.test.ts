import { afterEach, expect, test } from "vitest";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
afterEach(() => stage.close());

test("two workers that are replaced in turn during the story lose no hour and post nothing twice", async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + 2 * HOUR, hours: 3 });
  const running = [await stage.startWorkers(), await stage.startWorkers()];
  for (let hour = 0; hour < 9; hour++) {
    const lived = stage.liveThrough(noon + hour * HOUR);
    // In the hours of the outage and of its end, in the middle of whatever is under way.
    if (hour >= 2 && hour < 8) {
      await running.shift()?.stop();
      running.push(await stage.startWorkers());
    }
    await lived;
  }
  for (const { id } of watches)
    expect(await stage.bot.journal.between(id, noon, noon + 8 * HOUR)).toHaveLength(9);
  const roots = () => stage.slack.messages("C0ALERTS1").filter(({ threadTs }) => threadTs === undefined);
  await until(() => /✅|resolved|over/i.test(roots()[0]?.text ?? ""), "the end to be said");
  expect(roots()).toHaveLength(1);
}, 120_000);

import { afterEach, expect, test } from "vitest";
import { explainBucket } from "../../src/pipeline/reports/why.ts";
import { whyText } from "../../src/text/why.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";

const at = (hours: number) => noon + hours * HOUR;
let stage: Stage;
afterEach(() => stage?.close());

const alerts = () => stage.slack.messages("C0ALERTS1").filter(({ threadTs }) => threadTs === undefined);

/** Twice the usual sessions in the hours after a send. */
async function spikeAfter(sends: NonNullable<Parameters<typeof setStage>[1]>["sends"]) {
  stage = await setStage(noon, { slackOnStageTime: true, ...(sends && { sends }) });
  await stage.bot.watches.save(watches[0]!);
  await stage.startWorkers();
  await stage.liveThrough(at(0));
  stage.braze.control.happen({ series: {}, kind: "spike", from: at(2), hours: 3, size: 2 });
  for (const hour of [1, 2, 3]) await stage.liveThrough(at(hour));
}

test("a spike shortly after a send names the send as its likely cause", async () => {
  await spikeAfter([{ id: "sale", name: "Summer Sale", type: "Campaign", time: at(2) }]);
  expect(alerts()).toHaveLength(1);
  const shown = JSON.stringify(alerts()[0]);
  expect(shown).toMatch(/Probably the send .?Summer Sale.?: it went out shortly before/);
  expect(shown).toMatch(/Sent shortly before: campaign .?Summer Sale/);
  // The chart in words, which Slack reads out in place of the image.
  expect(shown).toMatch(/Sent: Summer Sale \(/);
  const watch = watches[0]!;
  const linesOf = async (hour: number) => {
    const { explanation, zone } = await explainBucket(watch, at(hour), stage.bot);
    return whyText(explanation, watch.series, zone).lines.join("\n");
  };
  expect(await linesOf(3)).toContain("Sent shortly before: Summer Sale (Tue 16 Jun 14:00)");
  expect(await linesOf(1)).not.toContain("Sent shortly before");
});

test("the same spike without a send names no cause", async () => {
  await spikeAfter([]);
  expect(alerts()).toHaveLength(1);
  expect(JSON.stringify(alerts()[0])).not.toMatch(/Probably|Sent shortly before/);
});

import { afterEach, expect, test } from "vitest";
import { explainBucket } from "../../src/pipeline/reports/why.ts";
import { whyText } from "../../src/text/why.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";

const at = (hours: number) => noon + hours * HOUR;
let stage: Stage;
afterEach(() => stage?.close());

const alerts = () => stage.slack.messages("C0ALERTS1").filter(({ threadTs }) => threadTs === undefined);

type Sends = NonNullable<Parameters<typeof setStage>[1]>["sends"];

const sale = { id: "sale", name: "Summer Sale", type: "Campaign", time: at(2) } as const;

/** Three hours in which so much more is counted than usual. */
async function moreFrom(hour: number, size: number, sends: Sends = [], kind: "spike" | "drop" = "spike") {
  stage = await setStage(noon, { slackOnStageTime: true, sends });
  await stage.bot.watches.save(watches[0]!);
  await stage.startWorkers();
  await stage.liveThrough(at(0));
  stage.braze.control.happen({ series: {}, kind, from: at(hour), hours: 3, size });
  for (const each of [1, 2, 3]) await stage.liveThrough(at(each));
}

const linesOf = async (hour: number) => {
  const watch = watches[0]!;
  const { explanation, zone } = await explainBucket(watch, at(hour), stage.bot);
  return whyText(explanation, watch.series, zone).lines.join("\n");
};

test("three times the usual shortly after a send is no alert, and why is said", async () => {
  await moreFrom(2, 2, [sale]);
  expect(alerts()).toHaveLength(0);
  const lines = await linesOf(3);
  expect(lines).toContain("no alert: inside the expected range");
  expect(lines).toContain("Sent shortly before: Summer Sale (Tue 16 Jun 14:00)");
  expect(lines).toContain("What such a send does is not known yet, so up to 14 times is as expected now");
  expect(await linesOf(1)).not.toContain("Sent shortly before");
});

test("three times the usual where one goes out each week is no alert, and why is said", async () => {
  const weekly = [1, 2, 3, 4, 5, 6].map(
    (weeks) =>
      ({
        id: "sale",
        name: "Summer Sale",
        kind: "campaign",
        time: at(2) - weeks * WEEK,
        scope: { workspace: "main" },
      }) as const,
  );
  stage = await setStage(noon, { slackOnStageTime: true, sends: [sale] });
  await stage.bot.sends.plan("main", weekly, at(-999));
  for (const { time } of weekly)
    stage.braze.control.happen({ series: {}, kind: "spike", from: time, hours: 3, size: 2 });
  stage.braze.control.happen({ series: {}, kind: "spike", from: at(2), hours: 3, size: 2 });
  await stage.bot.watches.save(watches[0]!);
  await stage.startWorkers();
  for (const each of [0, 1, 2]) await stage.liveThrough(at(each));
  expect(alerts()).toHaveLength(0);
  const lines = await linesOf(2);
  expect(lines).toContain("Sent shortly before: Summer Sale (Tue 16 Jun 14:00)");
  expect(lines).toMatch(
    /Something went out at this hour in \d of the last 7 weeks: the baseline learns it, and what it brought then is as expected now/,
  );
});

test("the same without a send is an alert that names no cause", async () => {
  await moreFrom(2, 2);
  expect(alerts()).toHaveLength(1);
  expect(JSON.stringify(alerts()[0])).not.toMatch(/Probably|Sent shortly before/);
  expect(await linesOf(3)).not.toContain("such a send");
});

test("a drop shortly after a send is an alert", async () => {
  await moreFrom(2, 0.7, [sale], "drop");
  expect(alerts()).toHaveLength(1);
});

test("more than any send brings names the send as its likely cause", async () => {
  await moreFrom(2, 30, [sale]);
  expect(alerts()).toHaveLength(1);
  const shown = JSON.stringify(alerts()[0]);
  expect(shown).toMatch(/Probably the send .?Summer Sale.?: it went out shortly before/);
  expect(shown).toMatch(/Sent shortly before: push .?Summer Sale/);
  // The chart in words, which Slack reads out in place of the image.
  expect(shown).toMatch(/Sent: Summer Sale \(/);
});

test("a drop at an hour in which a weekly send did not go out says so", async () => {
  const weekly = [1, 2, 3, 4].map(
    (weeks) =>
      ({
        ...sale,
        name: "Weekly News",
        kind: "campaign",
        time: at(2) - weeks * WEEK,
        scope: { workspace: "main" },
      }) as const,
  );
  stage = await setStage(noon, { slackOnStageTime: true, sends: [] });
  await stage.bot.sends.plan("main", weekly, at(-999));
  await stage.bot.watches.save(watches[0]!);
  await stage.startWorkers();
  await stage.liveThrough(at(0));
  stage.braze.control.happen({ series: {}, kind: "drop", from: at(2), hours: 3, size: 0.7 });
  for (const each of [1, 2, 3]) await stage.liveThrough(at(each));
  expect(alerts()).toHaveLength(1);
  const shown = JSON.stringify(alerts()[0]);
  expect(shown).toMatch(
    /Probably the send .?Weekly News.?: it went out at this time in 4 of the last 4 weeks, and not now/,
  );
  expect(shown).toMatch(/Did not go out: campaign .?Weekly News.?, due at /);
  expect(await linesOf(2)).toContain(
    "Did not go out: Weekly News, due Tue 16 Jun 14:00 as in 4 of the last 4 weeks",
  );
});

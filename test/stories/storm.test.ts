import { afterEach, expect, test } from "vitest";
import { HOUR } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { type Stage, setStage, stagedApp } from "../support/stage.ts";

let stage: Stage;
afterEach(() => stage?.close());

const at = (hours: number) => noon + hours * HOUR;
const CHANNEL = "C0ALERTS1";

test("when an app and its segments drop together, one message is posted, about the app", async () => {
  stage = await setStage(noon, {
    apps: ["ios", "android", "web", "tv"].map(stagedApp),
    segments: [
      { id: "new", share: 0.4 },
      { id: "paying", share: 0.3 },
    ],
    groupWait: 300,
  });
  const { bot, braze, slack } = stage;
  for (const [i, segment] of [undefined, "new", "paying"].entries()) {
    const series = { workspace: "main", app: "android", unit: "hour", ...(segment && { segment }) } as const;
    await bot.watches.save(
      anAppWatch({
        id: `android-${i}`,
        appName: "Android",
        series,
        ...(segment && { segmentName: segment }),
      }),
    );
  }
  braze.control.happen({ series: { app: "android" }, kind: "outage", from: at(1), hours: 2 });
  await stage.startWorkers();
  await stage.liveThrough(at(7));

  const messages = slack.messages(CHANNEL);
  const roots = messages.filter(({ threadTs }) => threadTs === undefined);
  expect(roots.map(({ before, text }) => before[0]?.text ?? text)).toEqual([
    expect.stringMatching(
      /^(🔴 Critical|🟠 Warning): Android \(and 2 segments\) down \d+% – [\d,]+ vs [\d,]+–[\d,]+ expected sessions/,
    ),
  ]);
  expect(messages.at(-1)?.text).toMatch(/^✅ Resolved: Android, .* back to normal – down for 2 hours/);
});

test("when many series drop in one hour, few messages are posted and list all of them", async () => {
  const COUNT = 60;
  const apps = Array.from({ length: COUNT }, (_, i) => stagedApp(`app-${i}`, i % 10));
  stage = await setStage(noon, { apps, concurrency: 20, groupWait: 2_000 });
  const { bot, braze, slack } = stage;
  for (const { id } of apps) {
    await bot.watches.save(
      anAppWatch({ id, appName: id, series: { workspace: "main", app: id, unit: "hour" } }),
    );
  }
  await stage.startWorkers();
  await stage.liveThrough(noon);
  braze.control.happen({ series: {}, kind: "outage", from: at(1), hours: 1 });
  await stage.liveThrough(at(1));

  const messages = slack.messages(CHANNEL);
  expect(messages.length).toBeLessThanOrEqual(3);
  expect(messages[0]?.text).toMatch(/almost everywhere \(60 watches\)/);
  const written = JSON.stringify(messages);
  for (const { id } of apps) expect(written).toContain(`${id} −100`);
});

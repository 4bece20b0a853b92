import { afterEach, expect, test } from "vitest";
import { DAY, HOUR } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { apps, type Stage, setStage, watches } from "../support/stage.ts";

let stage: Stage;
afterEach(() => stage?.close());

const at = (hours: number) => noon + hours * HOUR;

test("a three-hour outage of one app is one message, edited and resolved; nothing is posted about other apps", async () => {
  stage = await setStage(noon);
  const { bot, braze, slack } = stage;
  for (const watch of watches) await bot.watches.save(watch);
  braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(3), hours: 3 });

  await stage.startWorkers();
  await stage.liveThrough(at(10));

  const messages = slack.messages("C0ALERTS1");
  const [root, ...otherRoots] = messages.filter(({ threadTs }) => threadTs === undefined);
  expect(otherRoots).toEqual([]);
  expect(root?.before.length).toBeGreaterThan(0);
  const replies = messages.filter(({ threadTs }) => threadTs === root?.ts);
  expect(replies.map(({ text }) => text)).toEqual([expect.stringContaining("ios")]);
  expect(messages).toHaveLength(2);

  const [incident, ...others] = await bot.incidents.since("ios", noon);
  expect(others).toEqual([]);
  expect(incident).toMatchObject({ openedAt: at(3), lastAnomalousBucket: at(5), direction: "drop" });
  expect(incident?.lastNotified).toMatchObject({ resolved: true });

  for (const app of apps) {
    const journal = await bot.journal.between(app, noon, at(10));
    expect(journal.map(({ bucket }) => bucket)).toEqual(Array.from({ length: 11 }, (_, i) => at(i)));
    expect(journal.filter(({ verdict }) => verdict === "not-evaluated")).toEqual([]);
  }
});

test("a daily series is evaluated once a day, when the day is over in the users' time zone", async () => {
  stage = await setStage(noon);
  const { bot, braze, slack } = stage;
  const series = { workspace: "main", app: "ios", unit: "day" } as const;
  await bot.watches.save(anAppWatch({ id: "ios-daily", appName: "iOS", series }));
  const tuesday = Date.UTC(2026, 5, 16);
  braze.control.happen({ series: { app: "ios" }, kind: "drop", from: tuesday, hours: 24, size: 0.7 });
  await stage.startWorkers();
  await stage.passThrough(tuesday - DAY, "day");
  expect(slack.messages("C0ALERTS1")).toEqual([]);
  await stage.passThrough(tuesday, "day");

  const [root] = slack.messages("C0ALERTS1");
  expect(root?.text).toMatch(/: iOS \(daily\) down \d\d% – .* \(Tue 16 Jun\)/);
  expect(
    (await bot.journal.between("ios-daily", tuesday - DAY, tuesday)).map(({ verdict }) => verdict),
  ).toEqual(["normal", "anomalous"]);
});

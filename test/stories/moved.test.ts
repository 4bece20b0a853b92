import { afterEach, expect, test } from "vitest";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const OLD = "C0ALERTS1";
const NEW = "C0OTHERS1";
const at = (hours: number) => noon + hours * HOUR;

let stage: Stage;
afterEach(() => stage?.close());

const roots = (channel: string) =>
  stage.slack.messages(channel).filter(({ threadTs }) => threadTs === undefined);
const isEvaluated = (series: string, hour: number) => async () =>
  ((await stage.bot.progress.all()).get(series)?.evaluatedThrough ?? 0) >= hour;

async function announceOutage() {
  const channels = [
    { id: OLD, name: "alerts" },
    { id: NEW, name: "others" },
  ];
  stage = await setStage(noon, { slackOnStageTime: true, slack: { channels } });
  const [ios, android] = watches;
  await stage.bot.watches.save(ios!);
  await stage.bot.watches.save(android!);
  for (const app of ["ios", "android"])
    stage.braze.control.happen({ series: { app }, kind: "outage", from: at(1), hours: 4 });
  await stage.startWorkers();
  await stage.liveThrough(at(1));
  expect(roots(OLD)).toHaveLength(1);
}

const gone: [string, () => void][] = [
  ["is archived", () => stage.slack.change(OLD, { isArchived: true })],
  [
    "is gone",
    () => stage.slack.refuse(({ args }) => (args.channel === OLD ? "channel_not_found" : undefined)),
  ],
  ["was left by the bot", () => stage.slack.change(OLD, { isMember: false })],
  ["lost the message", () => stage.slack.remove(OLD, roots(OLD)[0]!.ts)],
];

test.each(gone)(
  "an outage whose channel %s continues to its end in the channel that its watches use now",
  async (_, happen) => {
    await announceOutage();
    happen();
    for (const watch of watches.slice(0, 2)) await stage.bot.watches.save({ ...watch, channel: NEW });
    await stage.liveThrough(at(2));
    await until(() => roots(NEW).length === 1, "the outage to be posted in the new channel");
    expect(roots(NEW)[0]?.text).toMatch(/down/);
    await stage.liveThrough(at(8));
    await until(() => /Resolved/.test(roots(NEW)[0]!.text), "its end to be posted there");
    expect(roots(NEW)).toHaveLength(1);
  },
);

test("when two watches share a message whose channel is gone, the one with another channel is posted there alone", async () => {
  await announceOutage();
  stage.slack.change(OLD, { isArchived: true });
  await stage.bot.watches.save({ ...watches[1]!, channel: NEW });
  stage.passTo(at(2));
  await until(isEvaluated("main.android.all.hour", at(2)), "the next hour to be evaluated");
  await until(() => roots(NEW).length === 1, "the outage to be posted in the new channel");
  expect(roots(NEW)[0]?.text).toMatch(/android/);
  expect(roots(NEW)[0]?.text).not.toMatch(/ios/);
});

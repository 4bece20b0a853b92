import { afterEach, expect, test } from "vitest";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { type Bot, createBot } from "../../src/bot.ts";
import { createLog } from "../../src/log.ts";
import { editWatch, removeWatch } from "../../src/pipeline/actions/watch.ts";
import { requestOf } from "../../src/pipeline/actions/watch-request.ts";
import { undo } from "../../src/pipeline/changes/change.ts";
import { closeUnconfigured } from "../../src/pipeline/notifying/unconfigured.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR } from "../../src/time/time.ts";
import { startWorkers } from "../../workers/start.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, testPace, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
afterEach(() => stage?.close());

/** An outage of these apps in one message. */
async function setOutage(...apps: string[]): Promise<void> {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  for (const app of apps)
    stage.braze.control.happen({ series: { app }, kind: "outage", from: noon + HOUR, hours: 30 });
  await stage.startWorkers();
  await stage.liveThrough(noon + HOUR);
  await until(() => alert("C0ALERTS1") !== undefined, "the alert");
}

const alert = (channel: string) => {
  const [root] = stage.slack
    .messages(channel)
    .filter(({ threadTs, blocks }) => threadTs === undefined && /Anomaly score/.test(JSON.stringify(blocks)));
  return root && JSON.stringify(root.blocks);
};
const isShown = (channel: string, text: RegExp) =>
  until(() => text.test(alert(channel) ?? ""), `${text} in ${channel}`, 20_000);

test("the alert of a removed watch says who removed it and has no buttons, and Undo opens it again", async () => {
  await setOutage("ios");
  const { change } = await removeWatch("ios", "Ada", stage.bot);
  await isShown("C0ALERTS1", /no longer watched/);
  expect(alert("C0ALERTS1")).toMatch(/Removed by Ada/);
  expect(alert("C0ALERTS1")).not.toMatch(/"actions"/);
  await until(async () => (await stage.bot.incidents.live("ios")).length === 0, "the incident to be closed");
  await undo(change!.id, "Ben", stage.bot);
  await isShown("C0ALERTS1", /Critical: .*"actions"/);
  expect(alert("C0ALERTS1")).toMatch(/"actions"/);
}, 120_000);

test("an alert of several watches continues without a removed one", async () => {
  await setOutage("ios", "web");
  await removeWatch("ios", "Ada", stage.bot);
  await isShown("C0ALERTS1", /ios.*no longer watched/);
  expect(alert("C0ALERTS1")).toMatch(/1 of 2 watches still down.*web|"actions"/);
  expect((await stage.bot.incidents.live("web"))[0]?.resolvedAt).toBeUndefined();
}, 120_000);

test("an incident whose watch moves to another channel continues there, and its old alert links to it", async () => {
  await setOutage("ios");
  const to = async (before: Watch) => ({ ...requestOf(before), channel: "C0OPS0001" });
  await editWatch("ios", to, "Ada", stage.bot);
  await isShown("C0OPS0001", /(Critical|Warning): ios.*"actions"/);
  await isShown("C0ALERTS1", /alerts are now posted in <#C0OPS0001>/);
  expect(alert("C0ALERTS1")).not.toMatch(/"actions"/);
}, 120_000);

test("the alert of a workspace that is not configured any more says so, without buttons, and is open again once it is", async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + HOUR, hours: 30 });
  const before = await stage.startWorkers();
  await stage.liveThrough(noon + HOUR);
  await until(() => alert("C0ALERTS1") !== undefined, "the alert");
  await before.stop();

  const { connection, config } = stage;
  const [main] = config.workspaces;
  const without = createBot({ ...config, workspaces: [{ ...main!, name: "other" }] }, connection, {
    clock: stage.now,
  });
  const stop = await ticking(without);
  await isShown("C0ALERTS1", /no longer watched: workspace main is no longer configured/);
  expect(alert("C0ALERTS1")).not.toMatch(/"actions"/);
  const edits = () => stage.slack.messages("C0ALERTS1").flatMap(({ before }) => before).length;
  const shown = edits();
  await editWatch("ios", async (one) => ({ ...requestOf(one), owner: "U0123456789" }), "Ada", without);
  for (let tick = 0; tick < 3; tick++) await closeUnconfigured(without);
  await until(async () => (await without.outbox.all()).size === 0, "nothing to be left to post");
  expect(edits()).toBe(shown);
  await stop();

  await stage.startWorkers();
  await isShown("C0ALERTS1", /Critical: .*"actions"/);
  expect(alert("C0ALERTS1")).toMatch(/"actions"/);
  expect((await stage.bot.incidents.live("ios"))[0]?.unwatched).toBeUndefined();
}, 120_000);

/** Runs the workers of a bot that is configured otherwise. */
async function ticking(bot: Bot): Promise<() => Promise<void>> {
  const log = createLog("silent");
  const connection = connect(stage.redis.url, log);
  const workers = await startWorkers(bot, connection, log, testPace);
  return async () => {
    await workers.stop();
    connection.disconnect();
  };
}

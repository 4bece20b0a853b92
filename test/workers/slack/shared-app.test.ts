import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "../../../src/adapters/redis/connection/connection.ts";
import { type Bot, createBot } from "../../../src/bot.ts";
import { checkConsole } from "../../../src/cli/doctor/console.ts";
import { SHARED_APP } from "../../../src/health/checks/slack.ts";
import { createLog } from "../../../src/log.ts";
import { checkHealth } from "../../../src/pipeline/check-health.ts";
import { MINUTE } from "../../../src/time/time.ts";
import { type Console, startConsole } from "../../../workers/slack/console.ts";
import { noon } from "../../support/builders.ts";
import { startRedis, type TestRedis } from "../../support/redis.ts";
import { type Stage, setStage } from "../../support/stage.ts";
import { until } from "../../support/until.ts";
import { timeouts } from "./console-stage.ts";

const OPS = "C0OPS0001";

let stage: Stage;
let elsewhere: TestRedis;
let other: Bot;
let open: (() => Promise<void> | void)[];

beforeEach(async () => {
  stage = await setStage(noon, { ops: { channel: OPS, dailyStatusAt: 0, zone: "UTC" } });
  elsewhere = await startRedis();
  const connection = connect(elsewhere.url, createLog("silent"));
  other = createBot(stage.config, connection, { clock: stage.now });
  open = [() => connection.disconnect(), () => elsewhere.stop()];
});
afterEach(async () => {
  for (const close of open) await close();
  await stage.close();
});

async function listen(bot: Bot): Promise<Console> {
  const config = { ...stage.config, console: { via: "socket", appToken: stage.slack.appToken } as const };
  const quick = { ...timeouts, recount: 50 };
  const console = (await startConsole(bot, config, createLog("silent"), quick))!;
  open.unshift(() => console.stop());
  await until(() => console.isConnected(), "Slack to be heard");
  return console;
}

const isNoted = async (bot: Bot) => (await bot.failures.among([SHARED_APP])).size > 0;
const lookAtHealth = (bot: Bot) => checkHealth(bot, () => {});
const posted = () =>
  stage.slack
    .messages(OPS)
    .filter(({ text, threadTs }) => !threadTs && text.includes("Another bot uses this Slack app"));

test("two bots that share a Slack app and no Redis notice each other, say so once, and that it is over", async () => {
  await listen(stage.bot);
  const second = await listen(other);
  await until(() => isNoted(other), "the second to notice the first");
  // The first learns this with its next connection.
  stage.slack.app.sockets.askToReconnect();
  await until(() => isNoted(stage.bot), "the first to notice the second");

  for (let round = 0; round < 3; round++) {
    await lookAtHealth(stage.bot);
    stage.pass(MINUTE);
  }
  expect(posted()).toHaveLength(1);
  expect(JSON.stringify(posted()[0])).toMatch(/uses this Slack app with another Redis: .*the same REDIS_URL/);

  await second.stop();
  await until(async () => !(await isNoted(stage.bot)), "the first to notice that it is alone");
  await lookAtHealth(stage.bot);
  stage.pass(6 * MINUTE);
  await lookAtHealth(stage.bot);
  expect(posted()).toHaveLength(1);
  expect(posted()[0]?.text).toMatch(/^✅/);
}, 60_000);

test("two workers on one Redis, whose connections break and come back, are not taken for two bots", async () => {
  const connection = connect(stage.redis.url, createLog("silent"));
  open.push(() => connection.disconnect());
  const colleague = createBot(stage.config, connection, { clock: stage.now });
  const consoles = [await listen(stage.bot), await listen(colleague)];
  for (let time = 0; time < 3; time++) {
    stage.slack.app.sockets.askToReconnect();
    await until(() => stage.slack.app.sockets.count() === 2, "the old connections to be closed");
    stage.slack.app.sockets.cut();
    await until(() => consoles.every((one) => one.isConnected()), "Slack to be heard again");
    await until(() => stage.slack.app.sockets.count() === 2, "both connections");
    expect(await isNoted(stage.bot)).toBe(false);
  }
  const { console, slack } = {
    ...stage.config,
    console: { via: "socket", appToken: stage.slack.appToken } as const,
  };
  const results = await checkConsole({ console, slack }, stage.bot.slackConnections);
  expect(results.map(({ result }) => result)).toEqual(["passed"]);
});

test("the doctor says that a bot with another Redis uses the Slack app", async () => {
  await listen(other);
  const { slack } = stage.config;
  const console = { via: "socket", appToken: stage.slack.appToken } as const;
  const [, shared] = await checkConsole({ console, slack }, stage.bot.slackConnections);
  expect(shared).toMatchObject({
    result: "note",
    what: expect.stringContaining("another bot uses this Slack app with another Redis"),
    advice: expect.stringContaining("REDIS_URL"),
  });
});

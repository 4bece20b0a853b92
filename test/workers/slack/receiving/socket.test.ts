import { afterEach, beforeEach, expect, test } from "vitest";
import { ben } from "../../../../simulator/slack/people.ts";
import { createLog } from "../../../../src/log.ts";
import { type Console, startConsole } from "../../../../workers/slack/console.ts";
import { noon } from "../../../support/builders.ts";
import { type Stage, setStage, watches } from "../../../support/stage.ts";
import { until } from "../../../support/until.ts";
import { timeouts } from "../console-stage.ts";

let stage: Stage;
let console: Console | undefined;
let lines: string[];
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeEach(async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  lines = [];
  unhandled.length = 0;
  process.on("unhandledRejection", note);
});
afterEach(async () => {
  await console?.stop();
  console = undefined;
  await stage.close();
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});

const start = async (appToken = stage.slack.appToken, pauses = timeouts, bot = stage.bot) => {
  const log = createLog("debug", { write: (line) => lines.push(line) });
  const config = { ...stage.config, console: { via: "socket", appToken } as const };
  console = await startConsole(bot, config, log, pauses);
};
const logged = (event: string) => lines.filter((line) => line.includes(`"${event}"`)).length;
const isReceived = async () => {
  const outcome = await stage.slack.command("/tidewatch list", { user: ben.id, channel: "C0ALERTS1" });
  if (outcome.failure) return false;
  await until(() => outcome.responses.length > 0, "the answer");
  return outcome.responses.length === 1;
};

test("the connection opens as soon as a Slack that was down at the start is up", async () => {
  await stage.slack.down();
  await start();
  await until(() => logged("console.disconnected") >= 3, "several tries");
  expect(console?.isConnected()).toBe(false);
  await stage.slack.up();
  await until(() => console!.isConnected(), "Slack to be heard");
  expect(await isReceived()).toBe(true);
});

test("the connection opens again after Slack was down, even when it answers 503 at first", async () => {
  await start();
  await until(() => console!.isConnected(), "Slack to be heard");
  await stage.slack.down();
  await until(() => logged("console.disconnected") >= 2, "the loss to be noticed");
  stage.slack.faults.next("apps.connections.open", { kind: "status", status: 503 }, 3);
  await stage.slack.up();
  await until(() => console!.isConnected(), "Slack to be heard again");
  expect(await isReceived()).toBe(true);
});

test("a refused token is retried until it is accepted", async () => {
  stage.slack.faults.next("apps.connections.open", { kind: "error", error: "invalid_auth" }, 3);
  await start();
  await until(() => console!.isConnected(), "Slack to be heard");
  expect(lines.join("")).toContain("invalid_auth");
  expect(lines.join("")).not.toContain(stage.slack.appToken);
});

test("when Slack asks for another connection, the next one opens at once", async () => {
  await start();
  await until(() => console!.isConnected(), "Slack to be heard");
  for (let i = 1; i <= 5; i++) {
    stage.slack.app.sockets.askToReconnect();
    await until(() => logged("console.connected") > i && console!.isConnected(), "the next connection");
  }
  expect(await isReceived()).toBe(true);
  await until(() => stage.slack.app.sockets.count() === 1, "the old ones to be closed");
  expect(logged("console.disconnected")).toBe(0);
});

test("a Slack that disconnects again and again is not asked for connections without a pause", async () => {
  await start(stage.slack.appToken, { ...timeouts, first: 200, longest: 400 });
  const begun = performance.now();
  for (let i = 1; i <= 4; i++) {
    await until(() => logged("console.connected") === i && console!.isConnected(), "the next connection");
    stage.slack.app.sockets.askToReconnect();
    await until(() => !console!.isConnected() || logged("console.connected") > i, "the goodbye to be heard");
  }
  // The second at once, the third after a pause, the fourth after a longer one.
  expect(performance.now() - begun).toBeGreaterThan(0.75 * 200 + 0.75 * 400);
  expect(logged("console.disconnected")).toBe(0);
});

test("a broken connection is opened again", async () => {
  await start();
  await until(() => console!.isConnected(), "Slack to be heard");
  stage.slack.app.sockets.cut();
  await until(() => logged("console.connected") === 2 && console!.isConnected(), "the next connection");
  expect(await isReceived()).toBe(true);
});

test("the connection can be stopped while Slack is down, and while it connects", async () => {
  await stage.slack.down();
  await start();
  await until(() => logged("console.disconnected") >= 1, "the first try");
  await console!.stop();
  const tries = logged("console.disconnected");
  await stage.slack.up();
  await start();
  await console!.stop();
  expect(logged("console.disconnected")).toBeLessThanOrEqual(tries + 1);
});

test("requests that arrived before a stop are finished and answered before the stop completes", async () => {
  await stage.close();
  stage = await setStage(noon, { answerWithin: 500 });
  for (const watch of watches) await stage.bot.watches.save(watch);
  await start();
  await until(() => console!.isConnected(), "Slack to be heard");
  // Who it is that types is asked, and the answer takes its time.
  stage.slack.faults.next("users.info", { kind: "stall" });
  const outcome = await stage.slack.command("/tidewatch mute ios 4h", { user: ben.id, channel: "C0ALERTS1" });
  await until(() => stage.slack.faults.struck().length > 0, "Slack to be asked");
  expect(outcome.responses).toEqual([]);
  await console!.stop();
  expect(outcome.responses).toHaveLength(1);
});

test("a form that arrived before a stop is acknowledged over the connection before it closes", async () => {
  const arrived = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  let isHeld = false;
  const isFirst: Stage["bot"]["seen"]["isFirst"] = async (...delivery) => {
    if (isHeld) arrived.resolve();
    if (isHeld) await goOn.promise;
    return stage.bot.seen.isFirst(...delivery);
  };
  await start(undefined, undefined, { ...stage.bot, seen: { ...stage.bot.seen, isFirst } });
  await until(() => console!.isConnected(), "Slack to be heard");
  await stage.slack.command("/tidewatch edit web", { user: ben.id, channel: "C0ALERTS1" });
  const form = () => stage.slack.views(ben.id).at(-1);
  await until(() => JSON.stringify(form()?.body ?? {}).includes("watch.sensitivity"), "the form");

  isHeld = true;
  const sent = stage.slack.submit(form()!.id, { "watch.sensitivity": "high" });
  await arrived.promise;
  const stopped = console!.stop();
  goOn.resolve();
  expect(await sent).toEqual({});
  await stopped;
  expect(stage.slack.failures).toEqual([]);
});

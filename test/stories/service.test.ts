import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { noon } from "../support/builders.ts";
import { settingsOf, startProgram } from "../support/program.ts";
import { KEY, type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage | undefined;
let child: ChildProcess | undefined;
afterEach(async () => {
  child?.kill("SIGKILL");
  await stage?.close();
  stage = undefined;
});

/** Starts the program as `npm start` does, in an environment of nothing but these settings. */
function start(settings: Record<string, string>) {
  const program = startProgram("workers/main.ts", [], { settings });
  child = program.child;
  return program;
}

test("a start with missing or wrong settings lists them all at once, mentions the demo, and shows no value", async () => {
  const secret = "xoxp-is-not-a-bot-token";
  const { child, printed } = start({
    BRAZE_REST_ENDPOINT: "https://sdk.iad-03.braze.com",
    SLACK_BOT_TOKEN: secret,
    TIME_ZONE: "Mars/Base",
    EVALUATION_DELAY: "soon",
  });
  const [status] = await once(child, "exit");
  expect(status).toBe(1);
  expect(printed()).toContain("https://rest.iad-03.braze.com");
  for (const name of ["BRAZE_API_KEY", "SLACK_BOT_TOKEN", "TIME_ZONE", "EVALUATION_DELAY", "npm run demo"]) {
    expect(printed()).toContain(name);
  }
  expect(printed()).not.toContain(secret);
});

test("the service starts, logs what it works with, and stops on request", async () => {
  stage = await setStage(noon);
  const { child, printed } = start(settingsOf(stage));
  await until(() => printed().includes("service.started"), "the start");
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(printed()).not.toContain(KEY);
});

test("the service stops within ten seconds even while Redis is unreachable", async () => {
  stage = await setStage(noon);
  const { child, printed } = start(settingsOf(stage));
  await until(() => printed().includes("service.started"), "the start");
  await stage.redis.kill();
  await until(() => printed().includes("redis.unreachable"), "the loss to be noticed");
  const lastNotified = performance.now();
  child.kill("SIGTERM");
  await once(child, "exit");
  expect(performance.now() - lastNotified).toBeLessThan(10_000);
  await stage.redis.revive();
});

test("the service waits for a Redis that is not reachable yet, and logs this", async () => {
  stage = await setStage(noon);
  await stage.redis.kill();
  const { printed } = start(settingsOf(stage));
  await until(() => printed().includes("redis.unreachable"), "the loss to be said");
  await stage.redis.revive();
  await until(() => printed().includes("service.started"), "the start");
});

test("while Redis refuses writes the service logs why, waits, and starts once Redis accepts them", async () => {
  stage = await setStage(noon);
  await stage.connection.config("SET", "min-replicas-to-write", "1");
  const { child, printed } = start(settingsOf(stage));
  await until(() => printed().includes("Redis refuses writes: too few of its replicas"), "the reason");
  expect(printed()).toContain("Bring the replicas back");
  expect(printed()).not.toContain("    at ");
  expect(child.exitCode).toBeNull();
  await stage.connection.config("SET", "min-replicas-to-write", "0");
  await until(() => printed().includes("service.started"), "the start");
});

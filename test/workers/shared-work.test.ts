import { request } from "undici";
import { afterEach, expect, test } from "vitest";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { freePort } from "../../src/adapters/redis/server/free-port.ts";
import { createBot } from "../../src/bot.ts";
import { createLog } from "../../src/log.ts";
import { HOUR } from "../../src/time/time.ts";
import { type QueueName, queueNames } from "../../workers/queues.ts";
import { startWorkers } from "../../workers/start.ts";
import { noon } from "../support/builders.ts";
import { settingsOf, startProgram } from "../support/program.ts";
import { type Stage, setStage, testPace, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const at = (hours: number) => noon + hours * HOUR;
const fetching: readonly QueueName[] = ["tick", "collect"];
const posting = queueNames.filter((name) => !fetching.includes(name));

let stage: Stage;
let close: (() => Promise<unknown> | boolean)[] = [];
afterEach(async () => {
  for (const each of close.reverse()) await each();
  close = [];
  await stage.close();
});

/** One of several processes: a bot that works on some queues only; returns what it did. */
async function process(only: readonly QueueName[]): Promise<Set<string>> {
  const did = new Set<string>();
  const log = createLog("debug", {
    write: (line) => {
      const [, name] = /"event":"(\w+)\.done"/.exec(line) ?? [];
      if (name) did.add(name);
    },
  });
  const connections = [connect(stage.redis.url, log), connect(stage.redis.url, log)] as const;
  const bot = createBot(stage.config, connections[0], { clock: stage.now, log });
  const workers = await startWorkers(bot, connections[1], log, testPace, { only });
  close.push(async () => {
    expect(workers.stopped()).toEqual([]);
    await workers.stop();
    for (const connection of connections) connection.disconnect();
  });
  return did;
}

test("one process fetches and another evaluates and notifies: the whole story happens once, and each does only its own work", async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 2 });
  const [fetched, spoke] = [await process(fetching), await process(posting)];
  await stage.liveThrough(at(6));

  const messages = stage.slack.messages("C0ALERTS1");
  expect(messages.filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1);
  expect(messages.filter(({ threadTs }) => threadTs !== undefined)).toHaveLength(1);
  for (const { id } of watches) expect(await stage.bot.journal.between(id, noon, at(6))).toHaveLength(7);
  expect([...fetched].sort()).toEqual(["collect", "tick"]);
  expect([...spoke]).toEqual(expect.arrayContaining(["evaluate", "notify", "health"]));
  for (const name of fetching) expect(spoke).not.toContain(name);
});

test("jobs of a kind without a worker wait and run once a worker starts", async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  await process(fetching);
  const progress = async () => [...(await stage.bot.progress.all()).values()];
  await until(
    async () =>
      (await progress()).filter(({ collectedThrough = 0 }) => collectedThrough >= noon).length === 3,
    "the hour to be fetched",
  );
  expect((await progress()).every(({ evaluatedThrough }) => evaluatedThrough === undefined)).toBe(true);
  await process(posting);
  await stage.liveThrough(noon);
});

test("a process with WORKERS does only that work and logs it", async () => {
  stage = await setStage(noon);
  const { child, printed } = startProgram("workers/main.ts", [], {
    settings: { ...settingsOf(stage), WORKERS: "collect, tick", HTTP_PORT: String(await freePort()) },
  });
  close.push(() => child.kill("SIGKILL"));
  await until(() => printed().includes("service.started"), "the start");
  const [, url] = /"http":"([^"]+)"/.exec(printed()) ?? [];
  const { statusCode, body } = await request(`${url}/healthz`);
  expect([statusCode, await body.json()]).toEqual([
    200,
    { alive: true, works: ["collect", "tick"], stopped: [] },
  ]);
  const waiting = async () => String(await stage.connection.client("LIST")).match(/cmd=bzpopmin/g)?.length;
  await until(async () => (await waiting()) === 2, "two workers to wait for jobs");
});

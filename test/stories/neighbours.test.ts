import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import type { Workers } from "../../workers/start.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { apps, KEY, type Stage, type StageOptions, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const at = (hours: number) => noon + hours * HOUR;

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

type Answer = (app: string, response: ServerResponse, pass: () => Promise<unknown>) => unknown;

/** A Braze of the workspace `eu` that answers as `answer` says, or passes on what the Braze of the stage says. */
async function startEu(answer: Answer) {
  const eu = { answer, asked: [] as string[], url: "", braze: "" };
  const server = createServer((request, response) => {
    const app = new URL(request.url!, eu.url).searchParams.get("app_id")!;
    eu.asked.push(app);
    eu.answer(app, response, async () => {
      const headers = { authorization: `Bearer ${KEY}` };
      const passed = await fetch(eu.braze + request.url, { headers });
      response.writeHead(passed.status, { "content-type": "application/json" }).end(await passed.text());
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  eu.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { ...eu, all: eu, hangUp: () => server.closeAllConnections() };
}

type Eu = Awaited<ReturnType<typeof startEu>>;

/** Two workspaces, of which `main` is well and watched; `eu` has nothing watched yet. */
async function stageWith(eu: Eu, options: StageOptions = {}): Promise<Stage & { workers: Workers }> {
  const workspace = {
    name: "eu",
    endpoint: eu.all.url,
    apiKey: "key-of-the-eu-workspace",
    zone: "UTC",
    naiveZone: "UTC",
    quotaReserve: 0.2,
    emptyHours: "unknown",
  } as const;
  const stage = await setStage(noon, { workspaces: [workspace], ...options });
  open.push(stage.close);
  eu.all.braze = stage.braze.url;
  for (const watch of watches) await stage.bot.watches.save(watch);
  const workers = await stage.startWorkers();
  await stage.liveThrough(noon);
  return { ...stage, workers };
}

const watchEu = (stage: Stage, app: string) =>
  stage.bot.watches.save(
    anAppWatch({ id: `eu-${app}`, appName: app, series: { workspace: "eu", app, unit: "hour" } }),
  );

const evaluated = async (stage: Stage, workspace: string, app: string) =>
  (await stage.bot.progress.of(`${workspace}.${app}.all.hour`))?.evaluatedThrough;

const allEvaluated = async (stage: Stage, workspace: string, hours: number) =>
  (await Promise.all(apps.map((app) => evaluated(stage, workspace, app)))).every(
    (hour) => hour === at(hours),
  );

test("a workspace that accepts connections and never answers delays no other, and is read once it answers", async () => {
  let waiting = 0;
  const eu = await startEu(() => {
    waiting++;
  });
  const stage = await stageWith(eu, { concurrency: 2 });
  for (const app of apps) await watchEu(stage, app);
  await until(() => waiting === 2, "the workspace to take all it may take");
  // Nothing that it was asked has timed out yet.
  for (const hours of [1, 2]) {
    stage.passTo(at(hours));
    await until(() => allEvaluated(stage, "main", hours), "the other workspace to be evaluated");
  }
  expect(waiting).toBe(2);

  eu.all.answer = (_app, _response, pass) => pass();
  eu.hangUp();
  await until(() => allEvaluated(stage, "eu", 2), "the workspace to be evaluated");
  expect((await stage.bot.failures.all()).has("eu")).toBe(false);
});

test("while a workspace cannot be read, one series tests it and the queued others send nothing", async () => {
  const eu = await startEu((_app, response) => response.writeHead(500).end());
  const stage = await stageWith(eu, { concurrency: 1, tickEvery: 2_000 });
  for (let i = 0; i < 40; i++) await watchEu(stage, `a${i}`);
  await until(async () => eu.all.asked.length > 0, "the workspace to be asked");
  await until(async () => {
    const { waiting = 0, active = 0, delayed = 0 } = (await stage.workers.queues.depths()).collect;
    return waiting + active + delayed === 0;
  }, "all that is queued to be dealt with");
  expect(eu.all.asked.length).toBeLessThan(20);
});

test("a workspace that answers 503 with Retry-After delays no other workspace and no other series of its own", async () => {
  const maintenance: Answer = (_app, response) =>
    response.writeHead(503, { "retry-after": "1800" }).end("<html>maintenance</html>");
  const eu = await startEu((app, response, pass) =>
    app === "ios" ? maintenance(app, response, pass) : pass(),
  );
  const stage = await stageWith(eu);
  await watchEu(stage, "ios");
  await until(() => eu.all.asked.includes("ios"), "the refused series to be asked for");
  for (const app of ["android", "web"]) await watchEu(stage, app);
  stage.pass(5 * MINUTE);
  for (const app of ["android", "web"])
    await until(async () => (await evaluated(stage, "eu", app)) === noon, `${app} to be evaluated`);
  stage.passTo(at(1));
  await until(() => allEvaluated(stage, "main", 1), "the other workspace to be evaluated");
  expect(await evaluated(stage, "eu", "ios")).toBeUndefined();

  // It is asked for again once the time is over that Braze named.
  eu.all.answer = (_app, _response, pass) => pass();
  stage.passTo(at(2));
  await until(
    async () => (await evaluated(stage, "eu", "ios")) === at(2),
    "the refused series to be evaluated",
  );
});

/** Two apps drop at once, each posted in its own channel. */
async function twoChannels(): Promise<Stage> {
  const stage = await setStage(noon, {
    slack: {},
    ops: { channel: "C0OPS0001" },
  });
  open.push(stage.close);
  for (const [app, channel] of [
    ["ios", "C0ALERTS1"],
    ["web", "C0OPS0001"],
  ] as const) {
    const series = { workspace: "main", app, unit: "hour" } as const;
    await stage.bot.watches.save(anAppWatch({ id: app, appName: app, channel, series }));
    stage.braze.control.happen({ series: { app }, kind: "outage", from: at(1), hours: 4 });
  }
  await stage.startWorkers();
  await stage.liveThrough(noon);
  return stage;
}

const postsIn = ({ slack }: Stage) =>
  ["C0ALERTS1", "C0OPS0001"].filter((channel) =>
    slack.messages(channel).some(({ text }) => / down /.test(text)),
  );

test.each([
  ["rate-limits for an hour", { kind: "rate-limit", retryAfter: 3_600 }],
  ["does not answer", { kind: "stall" }],
] as const)("a message that Slack %s delays no message in another channel", async (_, fault) => {
  const stage = await twoChannels();
  stage.slack.faults.next("chat.postMessage", fault);
  stage.passTo(at(1));
  await until(() => postsIn(stage).length > 0, "the other channel to be told", 8_000);
});

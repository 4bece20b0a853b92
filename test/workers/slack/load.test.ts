import { once } from "node:events";
import { loadavg } from "node:os";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../../src/log.ts";
import { DAY } from "../../../src/time/time.ts";
import { type Console, startConsole } from "../../../workers/slack/console.ts";
import { anAppWatch, noon } from "../../support/builders.ts";
import { type Stage, setStage, stagedApp } from "../../support/stage.ts";
import { until } from "../../support/until.ts";
import type { CrowdOrder, CrowdReport } from "./crowd.ts";
import { commandFields, SIGNING_SECRET, startTypist, type Typist } from "./typist.ts";

const many = Array.from({ length: 40 }, (_, i) => `app-${i}`);

let stage: Stage;
let console: Console;
let typist: Typist;

beforeAll(async () => {
  stage = await setStage(noon, {
    apps: many.map(stagedApp),
    logLevel: "warn",
    ops: { channel: "C0OPS0001" },
  });
  const log = createLog("warn", { write: () => {} });
  const way = { via: "http", signingSecret: SIGNING_SECRET, host: "127.0.0.1", port: 0 } as const;
  await stage.startWorkers();
  console = (await startConsole(stage.bot, { ...stage.config, console: way }, log))!;
  typist = await startTypist(() => console.url()!);
});
afterAll(async () => {
  await console.stop();
  await typist.close();
  await stage.close();
});

test("100 simultaneous commands are all accepted and answered while 40 series are read for the first time", async () => {
  for (const app of many)
    await stage.bot.watches.save(
      anAppWatch({
        id: app,
        appName: app,
        series: { workspace: "main", app, unit: "hour" },
        createdAt: noon - DAY,
      }),
    );
  await until(() => stage.braze.control.requests() > 3, "the backfill to begin");
  const texts = [
    "list",
    "status",
    "mutes",
    "why app-1",
    "show app-2",
    "event list",
    "changes",
    "help",
    "audit app-3",
    "who-can",
  ];
  // Slack is no part of this process: a thread of its own asks, and keeps the time.
  const order: CrowdOrder = {
    deduplicator: console.url()!,
    texts: Array.from({ length: 100 }, (_, i) => texts[i % texts.length]!),
  };
  const crowd = new Worker(new URL("./crowd.ts", import.meta.url), { workerData: order });
  const [report] = (await once(crowd, "message")) as [CrowdReport];
  expect(report.statuses).toEqual(order.texts.map(() => 200));
  expect(report.answers).toEqual(order.texts.map(() => 1));
  const progress = [...(await stage.bot.progress.all()).values()];
  const evaluated = progress.filter(({ evaluatedThrough }) => evaluatedThrough !== undefined).length;
  process.stdout.write(
    `100 commands: acknowledged within ${Math.round(Math.max(...report.waited))} ms, ` +
      `answered within ${Math.round(report.answered)} ms, ${evaluated} of 40 series judged by then, ` +
      `load average ${loadavg()[0]!.toFixed(1)}\n`,
  );
});

test("a Slack that disappears during a post is reported afterward, once", async () => {
  const { slack } = stage;
  // The message arrives, its answer does not; then Slack is away for a while.
  slack.faults.next("chat.postMessage", { kind: "drop", stored: true });
  const answer = await typist.type("mute app-5 4h", { user_id: "U0BEN00001" });
  expect(answer.text).toContain("Done");
  await until(() => slack.faults.struck().length > 0, "the post to break off");
  await slack.down();
  await typist.send({
    ...commandFields("mute app-6 4h", "t-away"),
    user_id: "U0BEN00001",
    response_url: typist.responseUrl("away"),
  });
  await until(() => typist.answers.has("away"), "the answer, which needs no Slack but for who asks");
  await slack.up();
  const lastNotified = (app: string) =>
    slack.messages("C0OPS0001").filter(({ text }) => text.includes(`mute of watch ${app}`)).length;
  await until(() => lastNotified("app-5") === 1 && lastNotified("app-6") === 1, "both changes to be told");
  await until(async () => (await stage.bot.changes.unannounced()).length === 0, "nothing to be left to tell");
  expect([lastNotified("app-5"), lastNotified("app-6")]).toEqual([1, 1]);
});

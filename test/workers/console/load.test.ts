import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY } from "../../../src/core/time.ts";
import { createLog } from "../../../src/log.ts";
import { type Console, startConsole } from "../../../workers/console/console.ts";
import { anAppWatch, noon } from "../../builders.ts";
import { type Stage, setStage, stagedApp } from "../../stage.ts";
import { until } from "../../until.ts";
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
  const workers = await stage.startWorkers();
  console = (await startConsole(stage.bot, { ...stage.config, console: way }, log, workers.queues))!;
  typist = await startTypist(() => console.url()!);
});
afterAll(async () => {
  await console.stop();
  await typist.close();
  await stage.close();
});

test("100 commands at once are all taken and answered while 40 series are read for the first time", async () => {
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
  const begun = performance.now();
  const acks = await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const name = `load-${i}`;
      const sent = performance.now();
      const response = await typist.send({
        ...commandFields(texts[i % texts.length]!, name),
        response_url: typist.responseUrl(name),
      });
      await response.text();
      return { status: response.status, took: performance.now() - sent };
    }),
  );
  expect(acks.map(({ status }) => status)).toEqual(acks.map(() => 200));
  await until(
    () => [...typist.answers.keys()].filter((name) => name.startsWith("load-")).length === 100,
    "all answers",
  );
  const behind = await stage.bot.progress.all();
  const judged = [...behind.values()].filter(({ judgedThrough }) => judgedThrough !== undefined).length;
  process.stdout.write(
    `100 commands: acknowledged within ${Math.round(Math.max(...acks.map(({ took }) => took)))} ms, ` +
      `answered within ${Math.round(performance.now() - begun)} ms, ${judged} of 40 series judged by then\n`,
  );
  for (const answers of typist.answers.values()) expect(answers).toHaveLength(1);
});

test("a Slack that goes away in the middle of a post is told afterwards, once", async () => {
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
  const told = (app: string) =>
    slack.messages("C0ALERTS1").filter(({ text }) => text.includes(`mute of watch ${app}`)).length;
  await until(() => told("app-5") === 1 && told("app-6") === 1, "both changes to be told");
  await until(async () => (await stage.bot.changes.unannounced()).length === 0, "nothing to be left to tell");
  expect([told("app-5"), told("app-6")]).toEqual([1, 1]);
});

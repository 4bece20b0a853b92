import { request } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { keysOf } from "../../src/adapters/redis/keys.ts";
import { createBot } from "../../src/bot.ts";
import { workerKinds } from "../../src/config/kinds.ts";
import { createLog } from "../../src/log.ts";
import { HOUR } from "../../src/time/time.ts";
import { type HttpServer, startHttp } from "../../workers/monitoring/http.ts";
import { createMonitor } from "../../workers/monitoring/monitor.ts";
import { startWorkers, type Workers } from "../../workers/start.ts";
import { noon } from "../support/builders.ts";
import { KEY, type Stage, setStage, testPace, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const log = createLog("error", { write: () => {} });
const at = (hours: number) => noon + hours * HOUR;

let stage: Stage;
let server: HttpServer;
let start: () => Promise<Workers>;
let close: (() => Promise<void>)[] = [];

beforeEach(async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  const monitor = createMonitor();
  server = await startHttp({ host: "127.0.0.1", port: 0 }, monitor.pages, log);
  const connections = [connect(stage.redis.url, log), connect(stage.redis.url, log)] as const;
  const bot = monitor.meter(
    createBot(stage.config, connections[0], { clock: stage.now, onAnswer: monitor.onAnswer }),
  );
  start = async () => {
    const workers = await startWorkers(bot, connections[1], log, testPace, { failed: monitor.failed });
    close.unshift(() => workers.stop());
    monitor.watch(bot, workers, workerKinds);
    return workers;
  };
  close = [
    async () => {
      for (const connection of connections) connection.disconnect();
      await server.close();
      await stage.close();
    },
  ];
});
afterEach(async () => {
  for (const each of close) await each();
});

async function look(path: string): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await request(server.url + path);
  return { status: statusCode, text: await body.text() };
}

/** What is not as it should be, by name. */
async function notReady(): Promise<Record<string, string>> {
  const { text } = await look("/readyz");
  const { checks } = JSON.parse(text) as { checks: { name: string; ok: boolean; what: string }[] };
  return Object.fromEntries(checks.filter(({ ok }) => !ok).map(({ name, what }) => [name, what]));
}

async function metric(line: string): Promise<number | undefined> {
  const { text } = await look("/metrics");
  const found = text.split("\n").find((other) => other.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

test("a starting process is alive and not ready", async () => {
  expect((await look("/healthz")).status).toBe(200);
  expect((await look("/readyz")).status).toBe(503);
  expect(await notReady()).toEqual({ start: expect.stringContaining("Redis") });
  expect(await metric("tidewatch_redis_up")).toBe(0);
});

test("the metrics show a day with a drop", async () => {
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(1), hours: 2 });
  await start();
  await stage.liveThrough(at(6));

  expect((await look("/readyz")).status).toBe(200);
  expect(await metric('tidewatch_verdicts_total{kind="anomalous"}')).toBeGreaterThanOrEqual(2);
  expect(await metric('tidewatch_verdicts_total{kind="normal"}')).toBeGreaterThan(10);
  expect(await metric('tidewatch_incidents_opened_total{direction="drop",severity="critical"}')).toBe(1);
  expect(await metric('tidewatch_incidents_resolved_total{direction="drop"}')).toBe(1);
  // The incident itself, and its end in the thread.
  expect(await metric('tidewatch_slack_messages_total{action="posted"}')).toBe(
    stage.slack.messages("C0ALERTS1").length,
  );
  expect(await metric('tidewatch_slack_messages_total{action="edited"}')).toBeGreaterThan(0);
  expect(await metric('tidewatch_braze_requests_total{status="200"}')).toBe(stage.braze.control.requests());
  expect(await metric('tidewatch_braze_quota_limit{workspace="main"}')).toBe(250_000);
  expect(await metric('tidewatch_braze_quota_remaining{workspace="main"}')).toBeLessThan(250_000);
  expect(await metric("tidewatch_ticks_total")).toBeGreaterThan(0);
  expect(await metric("tidewatch_lag_seconds")).toBe(0);
  expect(await metric('tidewatch_series{state="all"}')).toBe(3);
  expect(await metric('tidewatch_series{state="unread"}')).toBe(0);
  expect(await metric("tidewatch_evaluated_through_timestamp_seconds")).toBe(at(7) / 1_000);
  expect(await metric('tidewatch_jobs{queue="collect",state="completed"}')).toBeGreaterThan(0);
  // BullMQ counts over all workers, and from the first day on.
  expect(await metric('bullmq_job_completed_total{queue="collect"}')).toBeGreaterThan(0);
  expect(await metric('bullmq_job_failed_total{queue="collect"}')).toBe(0);
  expect(await metric('tidewatch_job_seconds_count{queue="evaluate"}')).toBeGreaterThan(0);
  expect(await metric("process_resident_memory_bytes")).toBeGreaterThan(1_000_000);
});

test("while Braze refuses the key the process is not ready, names the reason without the key, and counts the refusals", async () => {
  await start();
  await stage.liveThrough(noon);
  stage.braze.control.useKey("another");
  stage.passTo(at(5));
  await until(async () => "braze" in (await notReady()), "the refusal to be seen");
  expect(await notReady()).toEqual({
    braze: expect.stringMatching(/^Tidewatch cannot read Braze \(workspace main\).*401.*BRAZE_API_KEY/),
  });
  expect(await metric('tidewatch_health_issues{kind="braze"}')).toBe(1);
  expect((await look("/healthz")).status).toBe(200);
  expect(await metric('tidewatch_errors_total{queue="collect",failure="braze-wrong-key"}')).toBeGreaterThan(
    0,
  );
  expect(await metric('tidewatch_failures{failure="braze-wrong-key"}')).toBe(1);
  // Hour 13 was due at 14:15, and it is now 18:15.
  expect(await metric("tidewatch_lag_seconds")).toBe((4 * HOUR) / 1_000);

  stage.braze.control.useKey(KEY);
  await stage.liveThrough(at(6));
  await until(async () => (await look("/readyz")).status === 200, "it to be able again");
  expect(await metric('tidewatch_failures{failure="braze-wrong-key"}')).toBeUndefined();
});

test("a segment that Braze does not know does not affect readiness", async () => {
  await stage.bot.watches.save({
    ...watches[0]!,
    id: "ghosts",
    series: { workspace: "main", segment: "no-such-segment", unit: "hour" },
  });
  await start();
  await until(
    async () => (await metric('tidewatch_failures{failure="braze-unknown-id"}')) === 1,
    "the segment to be refused",
  );
  expect(await notReady()).toEqual({});
});

test("after Slack revokes the token the process is not ready until a message arrives again", async () => {
  await start();
  await stage.liveThrough(noon);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(1), hours: 2 });
  stage.slack.faults.next("chat.postMessage", { kind: "error", error: "token_revoked" }, 3);
  stage.passTo(at(1));
  await until(async () => "slack" in (await notReady()), "the refusal to be seen");
  expect((await notReady()).slack).toMatch(/token_revoked.*SLACK_BOT_TOKEN/);
  stage.slack.faults.clear();
  await until(async () => (await look("/readyz")).status === 200, "it to be able again");
});

test("while Redis is unreachable the process is alive, says so at once, and accumulates nothing", async () => {
  await start();
  await stage.liveThrough(noon);
  await stage.redis.kill();
  const [first, second] = await Promise.all([notReady(), notReady()]);
  expect(first).toEqual({ "redis.writes": expect.stringContaining("Redis does not answer") });
  expect(second).toEqual(first);
  expect((await look("/healthz")).status).toBe(200);
  expect(await metric("tidewatch_redis_up")).toBe(0);
  expect(await metric("tidewatch_lag_seconds")).toBeUndefined();
  await stage.redis.revive();
  await stage.liveThrough(at(1));
  expect((await look("/readyz")).status).toBe(200);
});

test("a damaged key is named and not reported as an unreachable Redis", async () => {
  await start();
  await stage.liveThrough(noon);
  await stage.connection.set(keysOf("tidewatch").failures(), "damaged by hand");
  expect((await notReady())["redis.data"]).toMatch(/another kind of value.*redis-cli TYPE/);
  expect(await metric("tidewatch_redis_up")).toBe(1);
});

test("a worker that stopped by itself is detected", async () => {
  const { collect } = await start();
  await collect.close();
  const { status, text } = await look("/healthz");
  expect([status, JSON.parse(text)]).toEqual([
    503,
    { alive: false, works: workerKinds, stopped: ["collect"] },
  ]);
});

import { afterEach, expect, test } from "vitest";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { createBot } from "../../src/bot.ts";
import { createLog } from "../../src/log.ts";
import { HOUR } from "../../src/time/time.ts";
import { startWorkers } from "../../workers/start.ts";
import { traced } from "../../workers/tracing/traced.ts";
import { startTracing } from "../../workers/tracing/tracing.ts";
import { noon } from "../support/builders.ts";
import { KEY, setStage, testPace, watches } from "../support/stage.ts";
import { type SeenSpan, startCollector } from "./collector.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A span and those it came of, up to the first. */
function lineage(span: SeenSpan, spans: readonly SeenSpan[]): SeenSpan[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span, ...(parent ? lineage(parent, spans) : [])];
}

test("a trace leads from the tick through Braze to the Slack message and holds no secret", async () => {
  const collector = await startCollector();
  open.push(collector.close);
  const stage = await setStage(noon);
  open.push(stage.close);
  const tracing = startTracing({ endpoint: collector.url, headers: { "x-key": "the-key-of-the-collector" } });
  const log = createLog("error");
  const [redis, queues] = [connect(stage.redis.url, log), connect(stage.redis.url, log)];
  const bot = traced(createBot(stage.config, redis, { clock: stage.now }), tracing.tracer);
  const workers = await startWorkers(bot, queues, log, testPace, { telemetry: tracing.telemetry });
  open.push(async () => {
    await workers.stop();
    for (const connection of [redis, queues]) connection.disconnect();
  });

  await bot.watches.save(watches[0]!);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + HOUR, hours: 2 });
  await stage.liveThrough(noon + 2 * HOUR);
  await workers.stop();
  await tracing.stop();

  const { spans } = collector;
  const pathOf = (name: string) => {
    const span = spans.find((one) => one.name === name);
    return span ? lineage(span, spans).map((one) => one.name) : [];
  };
  expect(pathOf("slack post")).toContain("process notify");
  // The job that collects also evaluates, and asks for the notification; a tick, which asks for it, too, may be first.
  const asked = spans.filter(({ name }) => /^add(Bulk)? notify$/.test(name));
  expect(asked.flatMap((span) => lineage(span, spans).map(({ name }) => name))).toContain(
    "process collect.main",
  );
  expect(pathOf("braze series").slice(1, -1)).toEqual([
    "process collect.main",
    "addBulk collect.main",
    "process tick",
  ]);
  for (const name of ["slack post", "braze series"]) expect(pathOf(name).at(-1)).toBe("add tick.tick");
  // Each tick begins a trace of its own: none goes on for ever.
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBeGreaterThan(10);
  expect(collector.received()).not.toContain(KEY);
  expect(collector.received()).not.toContain(stage.slack.token);
  expect(collector.received()).toContain("the-key-of-the-collector");
});

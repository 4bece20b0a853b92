import type { ConnectionOptions } from "bullmq";
import { checkRedis } from "../src/adapters/redis/connection/checks.ts";
import { connect } from "../src/adapters/redis/connection/connection.ts";
import { openWriteProbe } from "../src/adapters/redis/connection/write-probe.ts";
import { migrate } from "../src/adapters/redis/migrate.ts";
import { findRedis } from "../src/adapters/redis/server/find.ts";
import { type Bot, createBot } from "../src/bot.ts";
import { readConfig } from "../src/config/config.ts";
import { workerKinds } from "../src/config/kinds.ts";
import type { BoardConfig, TracingConfig } from "../src/config/observing.ts";
import { takeConsole } from "../src/library-console.ts";
import { createLog, type Log } from "../src/log.ts";
import { checkWrites } from "./checks/write-check.ts";
import { startReceiving } from "./destinations/receive.ts";
import { type Receivers, startHttp } from "./monitoring/http.ts";
import { createMonitor } from "./monitoring/monitor.ts";
import { queueNames } from "./queues.ts";
import { defaultPace } from "./runner.ts";
import { startConsole } from "./slack/console.ts";
import { startWorkers } from "./start.ts";
import { CHANGES_PATH, productChangesReceiver } from "./webhook/product-changes.ts";

/**
 * Starts the bot from the environment, and returns its log. Throws ConfigError with everything that is missing or
 * wrong.
 * @param opened what has to be closed, newest first; it can also be closed during the start
 */
export async function service(env: NodeJS.ProcessEnv, opened: AsyncDisposableStack): Promise<Log> {
  const config = readConfig(env);
  const log = createLog(config.logLevel);
  opened.defer(takeConsole(log));
  const monitor = createMonitor();
  let running: Bot | undefined;
  const receivers: Receivers = config.changesSecret
    ? {
        [CHANGES_PATH]: productChangesReceiver({
          secret: config.changesSecret,
          bot: () => running,
          wallClock: Date.now,
          log,
        }),
      }
    : {};
  const http = config.http && (await startHttp(config.http, monitor.pages, log, receivers));
  if (http) opened.defer(http.close);
  const found = await findRedis(config.redisUrl, env.PATH, (line) => log.warn(line));
  opened.defer(found.stop);
  const redis = connect(found.url, log);
  opened.defer(() => redis.disconnect());
  const kinds = config.workers ?? workerKinds;
  const untracedBot = createBot(config, redis, { onAnswer: monitor.onAnswer, log });
  const writes = checkWrites({
    probe: openWriteProbe(found.url),
    log,
    // Only one kind of process reports, so that several do not report the same.
    ...(kinds.includes("health") && { alarm: untracedBot.alarm }),
  });
  opened.defer(writes.stop);
  monitor.checkWrites(writes.refusal);
  await writes.untilTaken();
  for (const { ok, what, advice } of await checkRedis(redis)) {
    if (!ok) log.warn({ what, advice }, "redis.check");
  }
  await migrate(redis, { report: (line) => log.info(line) });
  const tracing = config.tracing && (await startTracingTo(config.tracing));
  if (tracing) opened.defer(tracing.stop);
  const metered = monitor.meter(untracedBot);
  const bot = tracing ? tracing.trace(metered) : metered;
  const workspaces = config.workspaces.map(({ name }) => name);
  const queueConnection = connect(found.url, log);
  opened.defer(() => queueConnection.disconnect());
  const workers = await startWorkers(bot, queueConnection, log, defaultPace, {
    failed: monitor.failed,
    only: queueNames.filter((name) => kinds.includes(name)),
    ...(tracing && { telemetry: tracing.telemetry }),
  });
  opened.defer(workers.stop);
  monitor.watch(bot, workers, kinds);
  running = bot;
  const console = kinds.includes("console") ? await startConsole(bot, config, log) : undefined;
  if (console) opened.defer(console.stop);
  const receiving = kinds.includes("console") ? await startReceiving(config, bot, log) : undefined;
  if (receiving) opened.defer(receiving.stop);
  const board = config.board && (await startBoardAt(config.board, workspaces, queueConnection, log));
  if (board) opened.defer(board.close);
  const watches = (await bot.watches.all()).length;
  log.info(
    {
      watches,
      workspaces,
      redis: found.how,
      http: http?.url,
      board: board?.url,
      receiving: receiving?.url,
      console: config.console?.via,
      works: config.workers,
    },
    "service.started",
  );
  if (watches === 0) log.warn("no watches yet. Add one: npm run watch -- add --channel C…");

  return log;
}

// What is not configured is not loaded.
async function startTracingTo(config: TracingConfig) {
  const [{ startTracing }, { traced }] = await Promise.all([
    import("./tracing/tracing.ts"),
    import("./tracing/traced.ts"),
  ]);
  const { tracer, telemetry, stop } = startTracing(config);
  return { telemetry, stop, trace: (bot: Bot) => traced(bot, tracer) };
}

async function startBoardAt(
  config: BoardConfig,
  workspaces: readonly string[],
  connection: ConnectionOptions,
  log: Log,
) {
  const { startBoard } = await import("./board/board.ts");
  return startBoard(config, workspaces, connection, log);
}

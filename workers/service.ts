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
import { createLog, type Log } from "../src/log.ts";
import { startHttp } from "./http.ts";
import { createMonitor } from "./monitoring/monitor.ts";
import { queueNames } from "./queues.ts";
import { defaultPace } from "./runner.ts";
import { startConsole } from "./slack/console.ts";
import { startWorkers } from "./start.ts";
import { checkWrites } from "./write-check.ts";

/** The bot as it runs unattended. */
export interface Service {
  readonly log: Log;
  stop(): Promise<void>;
}

/** Starts the bot from the environment. Throws ConfigError with everything that is missing or wrong. */
export async function service(env: NodeJS.ProcessEnv): Promise<Service> {
  const config = readConfig(env);
  const log = createLog(config.logLevel);
  const monitor = createMonitor();
  const http = config.http && (await startHttp(config.http, monitor.pages, log));
  const found = await findRedis(config.redisUrl, env.PATH, (line) => log.warn(line));
  const redis = connect(found.url, log);
  const kinds = config.workers ?? workerKinds;
  const untracedBot = createBot(config, redis, { onAnswer: monitor.onAnswer, log });
  const writes = checkWrites({
    probe: openWriteProbe(found.url),
    log,
    // One kind of process tells, so that several do not tell the same.
    ...(kinds.includes("watchdog") && { alarm: untracedBot.alarm }),
  });
  monitor.checkWrites(writes.refusal);
  await writes.untilTaken();
  for (const { ok, what, advice } of await checkRedis(redis)) {
    if (!ok) log.warn({ what, advice }, "redis.check");
  }
  await migrate(redis, { say: (line) => log.info(line) });
  const tracing = config.tracing && (await startTracingTo(config.tracing));
  const metered = monitor.meter(untracedBot);
  const bot = tracing ? tracing.trace(metered) : metered;
  const workspaces = config.workspaces.map(({ name }) => name);
  const queueConnection = connect(found.url, log);
  const workers = await startWorkers(bot, queueConnection, log, defaultPace, {
    failed: monitor.failed,
    only: queueNames.filter((name) => kinds.includes(name)),
    ...(tracing && { telemetry: tracing.telemetry }),
  });
  monitor.watch(bot, workers, kinds);
  const console = kinds.includes("console")
    ? await startConsole(bot, config, log, workers.queues)
    : undefined;
  const board = config.board && (await startBoardAt(config.board, workspaces, queueConnection, log));
  const watches = (await bot.watches.all()).length;
  log.info(
    {
      watches,
      workspaces,
      redis: found.how,
      http: http?.url,
      board: board?.url,
      console: config.console?.via,
      works: config.workers,
    },
    "service.started",
  );
  if (watches === 0) log.warn("nothing is watched yet: npm run watch -- add --channel C…");

  return {
    log,
    async stop() {
      await http?.close();
      await console?.stop();
      await board?.close();
      await workers.stop();
      await tracing?.stop();
      await writes.stop();
      redis.disconnect();
      queueConnection.disconnect();
      await found.stop();
    },
  };
}

// What is not configured is not even loaded.
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

import type { Redis } from "ioredis";
import { generated } from "../../simulator/braze/counts.ts";
import { type Simulator, startBrazeSimulator } from "../../simulator/braze/server.ts";
import type {
  SimulatedApp,
  SimulatedEvent,
  SimulatedMessages,
  SimulatedProduct,
  SimulatedSegment,
  SimulatedSend,
} from "../../simulator/braze/workspace.ts";
import {
  type SlackSimulator,
  type SlackSimulatorOptions,
  startSlackSimulator,
} from "../../simulator/slack/simulator.ts";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { type Bot, createBot } from "../../src/bot.ts";
import type { Config } from "../../src/config/config.ts";
import { createLog } from "../../src/log.ts";
import { defaultTiming, type Timing } from "../../src/series/due.ts";
import { seriesId } from "../../src/series/series.ts";
import type { Watch } from "../../src/settings/watch.ts";
import {
  type Bucket,
  HOUR,
  type Hour,
  hourOf,
  type Instant,
  stepOf,
  type Unit,
} from "../../src/time/time.ts";
import type { Pace } from "../../workers/runner.ts";
import { startConsole } from "../../workers/slack/console.ts";
import { startWorkers, type Workers } from "../../workers/start.ts";
import { anAppWatch } from "./builders.ts";
import { startRedis, type TestRedis } from "./redis.ts";
import { until } from "./until.ts";

export const KEY = "braze-key-that-nobody-may-see";

/** Everything real but the clock: Redis, BullMQ, HTTP to Braze and Slack. */
export interface Stage {
  readonly redis: TestRedis;
  readonly braze: Simulator;
  readonly slack: SlackSimulator;
  readonly bot: Bot;
  readonly connection: Redis;
  readonly log: string[];
  readonly config: Config;
  readonly now: () => Instant;
  /** From now on Braze has everything so many milliseconds late. */
  delayBraze(by: number): void;
  /** Moves the clock on by so many milliseconds. */
  pass(by: number): void;
  /** Moves the clock to the end of this hour plus the evaluation delay, without waiting. */
  passTo(hour: Hour): void;
  /** Moves the clock on hour by hour, each evaluated before the next, up to the end of this hour. */
  liveThrough(hour: Hour): Promise<void>;
  /** Moves the clock to the end of this bucket plus the evaluation delay, and waits until it is evaluated. */
  passThrough(bucket: Bucket, unit: Unit): Promise<void>;
  startWorkers(pace?: Pace): Promise<Workers>;
  /** Starts the workers, and what listens to commands and clicks. @param pace hurried where it is left out */
  startConsole(pace?: Pace): Promise<Workers>;
  close(): Promise<void>;
}

/** Hurried, so that nothing is waited for longer than needed. */
export const testPace: Pace = {
  tickEvery: 40,
  // Long enough for a machine that is busy with other tests.
  quietFor: 60_000,
  checkEvery: 1_000,
  lock: 1_000,
  groupWait: 0,
  backoff: 20,
  longestBackoff: 200,
};

export const testTiming: Timing = { ...defaultTiming, spread: 0 };

export const apps = ["ios", "android", "web"] as const;

/** One watch per app, all in the same channel. */
export const watches: Watch[] = apps.map((app) =>
  anAppWatch({ id: app, appName: app, series: { workspace: "main", app, unit: "hour" } }),
);

/** An app of the stage: invented counts, the busier the later in the list. */
export const stagedApp = (id: string, i: number): SimulatedApp => ({
  id,
  counts: generated({ seed: 10 + 10 * i, level: 400 * (1 + (i % 10)), zone: "UTC" }),
});

export interface StageOptions {
  /** Another Slack than the simulated one. */
  readonly otherSlack?: { readonly token: string; readonly apiUrl: string };
  /** @default one of its own; one that is given is stopped with the stage */
  readonly redis?: TestRedis;
  /** @default the three of `apps` */
  readonly apps?: readonly SimulatedApp[];
  readonly segments?: readonly SimulatedSegment[];
  readonly events?: readonly SimulatedEvent[];
  readonly products?: readonly SimulatedProduct[];
  readonly campaigns?: readonly SimulatedMessages[];
  readonly canvases?: readonly SimulatedMessages[];
  /** What is scheduled; with it, the bot reads the calendar. @default none */
  readonly sends?: readonly SimulatedSend[];
  /** Real milliseconds between two ticks. @default 40 */
  readonly tickEvery?: number;
  /** How long incidents of one group key are collected, in milliseconds. @default 0 */
  readonly groupWait?: number;
  /** @default 5 */
  readonly concurrency?: number;
  /** @default "debug" */
  readonly logLevel?: string;
  /**
   * How long after the last word people are reminded, in milliseconds. Due in the same instant as a new hour, a reminder
   * would leave the edit waiting for a clock that stands still. @default 0, never
   */
  readonly remindEvery?: number;
  /** Workspaces besides `main`. */
  readonly workspaces?: Config["workspaces"];
  /** Zone of the company and its workspace. @default "UTC" */
  readonly zone?: string;
  /** Country for public holidays. @default none */
  readonly country?: string;
  /** @default no ops channel, no heartbeat */
  readonly ops?: Config["ops"];
  /** Whether Slack too goes by the clock of the stage, so that its messages bear the time of the story. @default false */
  readonly slackOnStageTime?: boolean;
  /** How the local Slack behaves. */
  readonly slack?: Omit<SlackSimulatorOptions, "clock">;
  /** How newer pictures of an incident come. @default "thread" */
  readonly newChartImages?: "thread" | "edit";
  /** What an hour means that Braze leaves out. @default "unknown" */
  readonly emptyHours?: "unknown" | "zero";
  /** How long `liveThrough` waits for one hour, in milliseconds. @default 20_000 */
  readonly missingDataTimeout?: number;
  /** The decorator of the bot, as the service adds it when configured. @default none */
  readonly decorated?: (bot: Bot) => Bot;
  /** How long Braze and Slack may take to answer, in milliseconds. @default as long as outside of tests */
  readonly answerWithin?: number;
  /** Places besides Slack, and what goes there. @default none */
  readonly destinations?: Config["destinations"];
  readonly routes?: Config["routes"];
}

/** Sets the stage at an hour. */
export async function setStage(start: Hour, options: StageOptions = {}): Promise<Stage> {
  const {
    concurrency = 5,
    logLevel = "debug",
    answerWithin,
    slackOnStageTime = false,
    decorated = (bot: Bot) => bot,
  } = options;
  let now = evaluationTime(start);
  const wallClock = slackOnStageTime ? () => now : Date.now;
  let brazeIsLate = 0;
  const redis = options.redis ?? (await startRedis());
  const braze = await startBrazeSimulator({
    apps: options.apps ?? apps.map(stagedApp),
    ...(options.segments && { segments: options.segments }),
    ...(options.events && { events: options.events }),
    ...(options.products && { products: options.products }),
    ...(options.campaigns && { campaigns: options.campaigns }),
    ...(options.canvases && { canvases: options.canvases }),
    ...(options.sends && { sends: options.sends }),
    apiKey: KEY,
    ...(options.zone && { zone: options.zone }),
    clock: () => now - brazeIsLate,
  });
  const slack = await startSlackSimulator({
    channels: [
      { id: "C0ALERTS1", name: "alerts" },
      { id: "C0OPS0001", name: "tidewatch-ops" },
    ],
    ...options.slack,
    clock: wallClock,
  });
  const lines: string[] = [];
  const log = createLog(logLevel, { write: (line) => lines.push(line) });
  const config: Config = {
    workspaces: [
      {
        name: "main",
        endpoint: braze.url,
        apiKey: KEY,
        zone: options.zone ?? "UTC",
        ...(options.country && { country: options.country }),
        naiveZone: "UTC",
        quotaReserve: 0.2,
        emptyHours: options.emptyHours ?? "unknown",
        ...(options.sends && { sends: true }),
        ...(answerWithin && {
          timeouts: { headers: answerWithin, body: answerWithin, total: 2 * answerWithin },
        }),
      },
      ...(options.workspaces ?? []),
    ],
    slack: {
      token: slack.token,
      apiUrl: slack.apiUrl,
      ...options.otherSlack,
      whenUnsure: "twice",
      ...(options.newChartImages && { newChartImages: options.newChartImages }),
      ...(answerWithin && { timeout: answerWithin }),
    },
    ...(options.ops && { ops: options.ops }),
    ...(options.destinations && { destinations: options.destinations }),
    ...(options.routes && { routes: options.routes }),
    timing: testTiming,
    remindEvery: options.remindEvery ?? 0,
    concurrency,
    logLevel,
  };
  const connection: Redis = connect(redis.url, log);
  const bot = decorated(createBot(config, connection, { clock: () => now, wallClock, log }));
  const open: (() => Promise<void>)[] = [];

  const isEvaluated = async (hour: Hour) => {
    const ids = (await bot.watches.all()).map(({ series }) => seriesId(series));
    const progress = await bot.progress.all();
    return (
      ids.every((id) => (progress.get(id)?.evaluatedThrough ?? 0) >= hour) &&
      (await bot.outbox.all()).size === 0
    );
  };

  const hurried: Pace = {
    ...testPace,
    ...(options.tickEvery && { tickEvery: options.tickEvery }),
    groupWait: options.groupWait ?? 0,
  };

  async function work(pace: Pace = hurried): Promise<Workers> {
    const queueConnection = connect(redis.url, log);
    const workers = await startWorkers(bot, queueConnection, log, pace);
    open.push(async () => {
      await workers.stop();
      queueConnection.disconnect();
    });
    return workers;
  }

  return {
    redis,
    braze,
    slack,
    bot,
    connection,
    log: lines,
    config,
    now: () => now,
    delayBraze(by) {
      brazeIsLate = by;
    },
    pass(by) {
      now += by;
    },
    passTo(hour) {
      now = evaluationTime(hour);
    },
    async liveThrough(hour) {
      for (let next = hourOf(now - testTiming.evaluationDelay) - HOUR; next <= hour; next += HOUR) {
        now = Math.max(now, evaluationTime(next));
        await until(
          () => isEvaluated(next),
          `${new Date(next).toISOString()} to be evaluated`,
          options.missingDataTimeout,
        );
      }
    },
    async passThrough(bucket, unit) {
      now = bucket + stepOf(unit) + testTiming.evaluationDelay;
      await until(() => isEvaluated(bucket), `${new Date(bucket).toISOString()} to be evaluated`);
    },
    startWorkers: work,
    async startConsole(pace) {
      const workers = await work(pace);
      const console = { via: "socket", appToken: slack.appToken } as const;
      const listening = await startConsole(bot, { ...config, console }, log);
      open.unshift(async () => listening?.stop());
      return workers;
    },
    async close() {
      await Promise.all(open.map((stop) => stop()));
      connection.disconnect();
      await Promise.all([braze.close(), slack.close()]);
      await redis.stop();
    },
  };
}

/** The end of an hour plus the evaluation delay. */
const evaluationTime = (hour: Hour): Instant => hour + HOUR + testTiming.evaluationDelay;

import { startConsole } from "../../../workers/console/console.ts";
import { defaultPace } from "../../../workers/runner.ts";
import { startWorkers, type Workers } from "../../../workers/start.ts";
import { connect } from "../../adapters/redis/connection.ts";
import { thisMachine } from "../../adapters/redis/machine.ts";
import { obtainRedis } from "../../adapters/redis/obtain.ts";
import { type Bot, createBot } from "../../bot.ts";
import type { Config } from "../../config/config.ts";
import { defaultTiming } from "../../core/due.ts";
import { DAY } from "../../core/time.ts";
import { createLog } from "../../log.ts";
import { startBrazeSimulator } from "../../simulator/braze/server.ts";
import { pacedClock } from "../../simulator/clock.ts";
import { startSlackSimulator } from "../../simulator/slack/simulator.ts";
import { apps, CHANNEL, incidentsFrom, KEY, OPS_CHANNEL, START, segments, watches, ZONE } from "./scene.ts";

/** How much faster than time the demo's clock runs at first: an hour in a second and a half. */
const BRISK = 2_400;
/** And once somebody may want to try things: an hour in a quarter of a minute. */
const CALM = 240;

/** The whole bot with everything around it, on loopback. */
export interface Demo {
  readonly bot: Bot;
  readonly workers: Workers;
  /** Where the alert channel can be looked at. */
  readonly page: string;
  /** From now on there is time to try things. */
  calm(): void;
  /** Stops all of it and leaves nothing behind. */
  stop(): Promise<void>;
}

/** Starts Redis, a simulated Braze and Slack, and the real workers between them. */
export async function startDemo(path: string, say: (line: string) => void): Promise<Demo> {
  const redis = await obtainRedis({ say, machine: thisMachine(path) });
  const { now: clock, pace } = pacedClock(START, BRISK);
  const incidents = Array.from({ length: 50 }, (_, i) => incidentsFrom(START + 2 * i * DAY)).flat();
  const braze = await startBrazeSimulator({ apps, segments, incidents, apiKey: KEY, zone: ZONE, clock });
  const slack = await startSlackSimulator({
    channels: [
      { id: CHANNEL, name: "alerts" },
      { id: OPS_CHANNEL, name: "tidewatch-ops" },
    ],
    clock,
  });
  const log = createLog("error", process.stderr);
  const config: Config = {
    workspaces: [
      {
        name: "demo",
        endpoint: braze.url,
        apiKey: KEY,
        zone: ZONE,
        naiveZone: "UTC",
        quotaReserve: 0.2,
        emptyHours: "unknown",
      },
    ],
    slack: { token: slack.token, apiUrl: slack.apiUrl, whenUnsure: "twice" },
    console: { via: "socket", appToken: slack.appToken },
    ops: { channel: OPS_CHANNEL },
    timing: { ...defaultTiming, spread: 0 },
    concurrency: 5,
    logLevel: "error",
  };
  const connections = [connect(redis.url, log), connect(redis.url, log)] as const;
  const bot = createBot(config, connections[0], { clock, wallClock: clock });
  for (const watch of watches) await bot.watches.save(watch);
  const workers = await startWorkers(bot, connections[1], log, {
    ...defaultPace,
    tickEvery: 250,
    gather: 100,
  });
  const console = await startConsole(bot, config, log, workers.queues);
  return {
    bot,
    workers,
    page: slack.url,
    calm: () => pace(CALM),
    async stop() {
      await console?.stop();
      await workers.stop();
      for (const connection of connections) connection.disconnect();
      await Promise.all([braze.close(), slack.close()]);
      await redis.stop();
    },
  };
}

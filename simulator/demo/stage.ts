import manifest from "../../slack-manifest.json" with { type: "json" };
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { thisMachine } from "../../src/adapters/redis/server/machine.ts";
import { obtainRedis } from "../../src/adapters/redis/server/obtain.ts";
import { type Bot, createBot } from "../../src/bot.ts";
import type { Config } from "../../src/config/config.ts";
import { decorate } from "../../src/decorate.ts";
import { takeConsole } from "../../src/library-console.ts";
import { createLog } from "../../src/log.ts";
import { recordProductChange } from "../../src/pipeline/actions/record-product-change.ts";
import { defaultTiming } from "../../src/series/due.ts";
import { DAY, HOUR, type Instant } from "../../src/time/time.ts";
import { defaultPace } from "../../workers/runner.ts";
import { startConsole } from "../../workers/slack/console.ts";
import { startWorkers, type Workers } from "../../workers/start.ts";
import type { ScriptedIncident } from "../braze/incidents.ts";
import { startBrazeSimulator } from "../braze/server.ts";
import { pacedClock } from "../clock.ts";
import { startSlackSimulator } from "../slack/simulator.ts";
import {
  apps,
  CHANNEL,
  events,
  incidentsFrom,
  isOfCheckout,
  KEY,
  OPS_CHANNEL,
  products,
  release,
  START,
  segments,
  sendsFrom,
  watches,
  ZONE,
} from "./scene.ts";

/** How much faster than time the demo's clock runs while it reads what went before: a slow machine misses no hour. */
const READING = 1;
/** And then: an hour in a second and a half. */
const BRISK = 2_400;
/** And once somebody may want to try things: an hour in a quarter of a minute. */
const CALM = 240;

/** How many hours what broke first lasts where nobody takes care of it: a new level is normal some day. */
const UNATTENDED = 30;

/** The whole bot with everything around it, on loopback. */
export interface Demo {
  readonly bot: Bot;
  readonly workers: Workers;
  /** Where the alert channel can be looked at. */
  readonly page: string;
  /** From now on there is time to try things. */
  calm(): void;
  /** Mends what broke first, which lasts until then, or for more than a day. */
  mend(): void;
  /** Stops all of it and leaves nothing behind. */
  stop(): Promise<void>;
}

/** How the demo runs. */
export interface DemoOptions {
  /** Whether nobody acknowledges anything. */
  readonly isUnattended: boolean;
  /** Is told of the hours that were evaluated. */
  readonly evaluated: (hours: number) => void;
}

/** Starts Redis, a simulated Braze and Slack, and the real workers between them. */
export async function startDemo(
  path: string,
  report: (line: string) => void,
  { isUnattended, evaluated }: DemoOptions,
): Promise<Demo> {
  const redis = await obtainRedis({ report, machine: thisMachine(path) });
  const { now: clock, pace } = pacedClock(START, READING);
  const starts = Array.from({ length: 50 }, (_, i) => START + 2 * i * DAY);
  const [story = [], ...later] = starts.map(incidentsFrom);
  let mendedAt: Instant | undefined;
  const lasting: ScriptedIncident[] = story.map((incident) =>
    isUnattended || !isOfCheckout(incident)
      ? incident
      : {
          ...incident,
          get hours() {
            return mendedAt === undefined ? UNATTENDED : (mendedAt - incident.from) / HOUR;
          },
        },
  );
  const incidents = [...lasting, ...later.flat()];
  const braze = await startBrazeSimulator({
    apps,
    segments,
    events,
    products,
    incidents,
    sends: starts.flatMap(sendsFrom),
    apiKey: KEY,
    zone: ZONE,
    clock,
  });
  const slack = await startSlackSimulator({
    channels: [
      { id: CHANNEL, name: "alerts" },
      { id: OPS_CHANNEL, name: "tidewatch-ops" },
    ],
    shortcuts: manifest.features.shortcuts,
    events: manifest.settings.event_subscriptions.bot_events,
    clock,
  });
  const log = createLog("error", process.stderr);
  takeConsole(log);
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
        sends: true,
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
  const real = createBot(config, connections[0], { clock, wallClock: clock });
  const unread = new Set(watches.map(({ id }) => id));
  const journal = decorate(real.journal, {
    async record(call, watchId, { length }) {
      await call();
      evaluated(length);
      if (unread.delete(watchId) && unread.size === 0) pace(BRISK);
    },
  });
  const bot: Bot = { ...real, journal };
  for (const watch of watches) await bot.watches.save(watch);
  await recordProductChange(release, bot);
  const workers = await startWorkers(bot, connections[1], log, {
    ...defaultPace,
    tickEvery: 250,
    groupWait: 100,
  });
  const console = await startConsole(bot, config, log);
  return {
    bot,
    workers,
    page: slack.url,
    calm: () => pace(CALM),
    mend: () => {
      mendedAt ??= clock();
    },
    async stop() {
      await console?.stop();
      await workers.stop();
      for (const connection of connections) connection.disconnect();
      await Promise.all([braze.close(), slack.close()]);
      await redis.stop();
    },
  };
}

import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { quantile } from "simple-statistics";
import { ben } from "../../simulator/slack/people.ts";
import { type SlackSimulator, startSlackSimulator } from "../../simulator/slack/simulator.ts";
import { freePort } from "../../src/adapters/redis/server/free-port.ts";
import { redisStores } from "../../src/adapters/redis/stores.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import { watermark } from "../../src/series/due.ts";
import { seriesId } from "../../src/series/series.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR, type Hour, hourOf, MINUTE, SECOND } from "../../src/time/time.ts";
import { startRedis } from "../support/redis.ts";
import { until } from "../support/until.ts";
import type { LastNotified, Order, Requests } from "./braze.ts";
import type { Figure } from "./figure.ts";
import { fill } from "./fill.ts";
import { channelOf, fleetOf, type Mixture, zoneThatEndsWith } from "./fleet.ts";
import { memoryByKind } from "./memory.ts";
import { sharesByPart } from "./profile.ts";

const KEY = "bench-key-of-braze";

/** How long before its minute an hour is waited for. */
const LEAD = 10 * SECOND;

export interface RoundOptions {
  /** A multiple of ten. */
  readonly series: number;
  /** @default "sessions" */
  readonly mixture?: Mixture;
  /** As in SPREAD; "0s": all are due in the same instant. */
  readonly spread: string;
  /** Whether to find out what takes the processor's time, which takes some itself. @default false */
  readonly isProfiled?: boolean;
}

/** What one round of the real worker cost. */
export interface Round {
  readonly series: number;
  /** From the minute in which the hour was due until all were evaluated, in minutes. */
  readonly minutes: number;
  /** From the first that was evaluated until the last was, in seconds. */
  readonly busy: number;
  /** Processor seconds of worker and Redis together, the worker's start included. */
  readonly cpu: number;
  readonly requests: number;
  /** The most in one clock hour from the pool of purchases. */
  readonly ofPurchases: number;
  readonly incidents: number;
  readonly messages: number;
  /** Of Redis, in bytes: after the round, the most during it, and by kind of key. */
  readonly memory: { readonly after: number; readonly peak: number; readonly kinds: Map<string, number> };
  /** How long each command took until it was acknowledged, in milliseconds: somebody types one several times a second. */
  readonly acknowledged: readonly number[];
  /** Resident, of the worker, at most, in bytes. */
  readonly resident: number;
  /** From the due minute on. */
  readonly profile?: Profile;
}

/** What a round spent on what: processor seconds of worker and Redis, and the worker's by part in shares. */
export interface Profile {
  readonly worker: number;
  readonly redis: number;
  readonly shares: ReadonlyMap<string, number>;
  readonly commands: ReadonlyMap<string, CommandCost>;
}

/** What Redis spent on one command. */
export interface CommandCost {
  readonly calls: number;
  readonly milliseconds: number;
}

/** One hour of so many series: the worker as `npm start` starts it, by the real clock, against a slow Braze. */
export async function round({
  series,
  mixture = "sessions",
  spread,
  isProfiled = false,
}: RoundOptions): Promise<Round> {
  const redis = await startRedis();
  const connection = new Redis(redis.url);
  const slack = await startSlackSimulator({
    channels: Array.from({ length: 10 }, (_, app) => ({ id: channelOf(app), name: `app-${app}` })),
  });
  const children: ChildProcess[] = [];
  const profiles = mkdtempSync(join(tmpdir(), "tidewatch-profile-"));
  try {
    const stores = redisStores(connection);
    const fleet = fleetOf(series, mixture);
    const hour = hourOf(Date.now()) - HOUR;
    await fill(stores, fleet, hour - HOUR);
    const filledAt = await usage(connection);

    const braze = fork(new URL("braze.ts", import.meta.url));
    children.push(braze);
    const { url } = await ask<{ url: string }>(braze, { series, mixture, fallsAt: hour, key: KEY });
    const port = await freePort();
    const dueAt = Math.ceil(Date.now() / SECOND) * SECOND + LEAD;
    const profiling = isProfiled ? ["--cpu-prof", `--cpu-prof-dir=${profiles}`] : [];
    const worker = spawn(process.execPath, [...profiling, ...start.args], {
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        PATH: process.env.PATH,
        ...start.env,
        BRAZE_REST_ENDPOINT: url,
        BRAZE_API_KEY: KEY,
        BRAZE_COMPANY_TIME_ZONE: zoneThatEndsWith(hour),
        SLACK_BOT_TOKEN: slack.token,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        REDIS_URL: redis.url,
        HTTP_PORT: String(port),
        EVALUATION_DELAY: `${(dueAt - hour - HOUR) / SECOND}s`,
        SPREAD: spread,
        LOG_LEVEL: "warn",
      },
    });
    children.push(worker);

    await pause(dueAt - Date.now());
    const begun = process.hrtime.bigint();
    await connection.config("RESETSTAT");
    const atFirst = { worker: await metric(port, PROCESSOR), redis: (await usage(connection)).cpu };
    const seen = { resident: 0, peak: 0, first: 0 };
    const typing = typeCommands(slack, () => seen.first > 0);
    const look = async () => {
      seen.resident = Math.max(seen.resident, residentBytes(worker));
      seen.peak = Math.max(seen.peak, (await usage(connection)).memory);
      const done = await evaluated(stores.progress, fleet.watches, hour);
      if (done > 0) seen.first ||= Date.now();
      return done >= series;
    };
    await until(() => pause(SECOND).then(look), `${series} series to be evaluated`, 20 * MINUTE);
    const over = Date.now();
    const acknowledged = await typing.end();
    await until(() => pause(250).then(async () => (await stores.outbox.all()).size === 0), "all to be said");
    await look();
    const requests = await ask<Requests>(braze, "count");
    const ended = process.hrtime.bigint();
    const cpu = await metric(port, PROCESSOR);
    const after = await usage(connection);
    const commands = await commandCosts(connection);
    if (isProfiled) {
      worker.kill("SIGTERM");
      await once(worker, "exit");
    }
    const incidents = await Promise.all(fleet.watches.map(({ id }) => stores.incidents.since(id, hour)));
    return {
      series,
      minutes: (over - dueAt) / MINUTE,
      busy: (over - seen.first) / SECOND,
      cpu: cpu + after.cpu - filledAt.cpu,
      ...requests,
      acknowledged,
      incidents: incidents.flat().length,
      messages: slack.calls("chat.postMessage").length,
      memory: { after: after.memory, peak: seen.peak, kinds: await memoryByKind(connection) },
      resident: seen.resident,
      ...(isProfiled && {
        profile: {
          worker: cpu - atFirst.worker,
          redis: after.cpu - atFirst.redis,
          shares: sharesByPart(profiles, begun, ended),
          commands,
        },
      }),
    };
  } finally {
    rmSync(profiles, { recursive: true });
    for (const child of children) child.kill("SIGKILL");
    connection.disconnect();
    await slack.close();
    await redis.stop();
  }
}

/** Braze's limit an hour for purchases, and for the lists of events and products. */
const PURCHASES_AT_MOST = 1_000;

/** What a round may never do, whatever the machine: complaints, none where all is well. */
export const failuresOf = ({ series, ofPurchases }: Round): string[] =>
  ofPurchases <= PURCHASES_AT_MOST
    ? []
    : [
        `${series} series took ${ofPurchases} requests of purchases in an hour: Braze allows ${PURCHASES_AT_MOST}`,
      ];

/** The figures of a round beside what they were to be. */
export function figuresOf({ series, ...round }: Round): Figure[] {
  const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  const isFull = series >= 10_000;
  const figures = [
    {
      what: "an hour evaluated after its minute",
      measured: `${round.minutes.toFixed(1)} min`,
      target: "5 min",
    },
    { what: "of which busy", measured: `${round.busy.toFixed(1)} s`, ...(isFull && { target: "45 s" }) },
    { what: "processor of the worker and Redis", measured: `${round.cpu.toFixed(1)} s` },
    { what: "requests a series and hour", measured: (round.requests / series).toFixed(2), target: "1.1" },
    {
      what: "requests of purchases in an hour",
      measured: String(round.ofPurchases),
      target: PURCHASES_AT_MOST.toLocaleString("en"),
    },
    { what: "incidents, messages posted", measured: `${round.incidents}, ${round.messages}` },
    {
      what: "Redis, with 90 days of all that is kept",
      measured: mb(round.memory.after),
      ...(isFull && { target: "150 MB" }),
    },
    {
      what: "Redis, at most during the round",
      measured: mb(round.memory.peak),
      ...(isFull && { target: "150 MB" }),
    },
    { what: "worker, resident at most", measured: mb(round.resident), target: "300 MB" },
    {
      what: "a command acknowledged meanwhile, 99th percentile",
      measured: `${Math.round(quantile([...round.acknowledged], 0.99))} ms of ${round.acknowledged.length}`,
      target: "500 ms",
    },
    ...[...round.memory.kinds]
      .map(([kind, bytes]) => [kind, Math.round(bytes / series)] as const)
      .filter(([, bytes]) => bytes >= WORTH_SHOWING)
      .map(([kind, bytes]) => ({ what: `Redis, ${kind}`, measured: `${bytes} bytes a series` })),
  ];
  const name = `${series.toLocaleString("en")} series: `;
  return figures.map((figure) => ({ ...figure, what: name + figure.what }));
}

const WORTH_SHOWING = 50;

/** What each series of a round cost on the average, what is needed for none included: less, the more there are. */
export function costOf({ series, cpu, busy, memory, requests }: Round): Figure[] {
  const ms = (seconds: number) => `${((1_000 * seconds) / series).toFixed(1)} ms`;
  const costs = [
    `processor ${ms(cpu)}`,
    `busy ${ms(busy)}`,
    `Redis ${Math.round(memory.after / series).toLocaleString("en")} bytes`,
    `requests ${(requests / series).toFixed(2)}`,
  ];
  const what = `${series.toLocaleString("en")} series, each of them`;
  return [{ what, measured: costs.join(", "), ...(series >= 10_000 && { target: "processor 4 ms" }) }];
}

/** How many commands of Redis are shown: the rest takes next to nothing. */
const COMMANDS_SHOWN = 14;

/** What a profiled round spent on each series, by part of the worker and by command of Redis. */
export function profileOf({ series, profile }: Round): Figure[] {
  if (!profile) return [];
  const { worker, redis, shares, commands } = profile;
  const each = (seconds: number) => `${((1_000 * seconds) / series).toFixed(3)} ms`;
  const figures = [
    { what: "worker and Redis", measured: each(worker + redis), target: "4 ms" },
    { what: "worker", measured: each(worker) },
    ...[...shares].map(([part, share]) => ({ what: `worker, ${part}`, measured: each(share * worker) })),
    { what: "Redis", measured: each(redis) },
    ...[...commands].slice(0, COMMANDS_SHOWN).map(([command, { calls, milliseconds }]) => ({
      what: `Redis, ${command}`,
      measured: `${each(milliseconds / 1_000)} in ${(calls / series).toFixed(2)} calls`,
    })),
  ];
  const name = `${series.toLocaleString("en")} series, processor of each: `;
  return figures.map((figure) => ({ ...figure, what: name + figure.what }));
}

/** What one more series costs, between the smaller and the greater of each two rounds: the same, where it is linear. */
export function linearity(rounds: readonly Round[]): Figure[] {
  return rounds.slice(1).flatMap((more, i) => {
    const less = rounds[i]!;
    const each = (of: (round: Round) => number) => (of(more) - of(less)) / (more.series - less.series);
    const name = `from ${less.series.toLocaleString("en")} to ${more.series.toLocaleString("en")}, one more series: `;
    return [
      { what: `${name}processor`, measured: `${(1_000 * each(({ cpu }) => cpu)).toFixed(2)} ms` },
      { what: `${name}time busy`, measured: `${(1_000 * each(({ busy }) => busy)).toFixed(1)} ms` },
      { what: `${name}Redis`, measured: `${Math.round(each(({ memory }) => memory.after))} bytes` },
    ];
  });
}

/** How many series are evaluated through an hour, or through the day that ended with it. */
async function evaluated(
  progress: Stores["progress"],
  watches: readonly Watch[],
  hour: Hour,
): Promise<number> {
  const all = await progress.all();
  const zone = zoneThatEndsWith(hour);
  return watches.filter(({ series }) => {
    const { evaluatedThrough = 0 } = all.get(seriesId(series)) ?? {};
    return evaluatedThrough >= watermark(hour + HOUR, 0, series.unit, series.unit === "hour" ? "UTC" : zone);
  }).length;
}

/** Somebody who types a command again and again, as long as series are being evaluated. */
function typeCommands(slack: SlackSimulator, isBusy: () => boolean) {
  const times: number[] = [];
  let isOver = false;
  const typing = (async () => {
    while (!isOver) {
      await pause(TYPED_EVERY);
      if (!isBusy()) continue;
      const begun = performance.now();
      const { failure } = await slack.command("/tidewatch mutes", { user: ben.id, channel: channelOf(0) });
      times.push(failure ? Number.POSITIVE_INFINITY : performance.now() - begun);
    }
  })();
  return {
    async end() {
      isOver = true;
      await typing;
      return times;
    },
  };
}

/** So often that a round of any size has some, and so seldom that they cost next to nothing. */
const TYPED_EVERY = 1_000;

async function usage(redis: Redis): Promise<{ memory: number; cpu: number }> {
  const info = await redis.info();
  const field = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, "m").exec(info)?.[1]);
  return { memory: field("used_memory"), cpu: field("used_cpu_user") + field("used_cpu_sys") };
}

/** What Redis spent on each command since its statistics were reset, the most first. */
async function commandCosts(redis: Redis): Promise<Map<string, CommandCost>> {
  const lines = (await redis.info("commandstats")).matchAll(/^cmdstat_(\S+?):calls=(\d+),usec=(\d+)/gm);
  const costs = [...lines].map(
    ([, name, calls, usec]) => [name!, { calls: Number(calls), milliseconds: Number(usec) / 1_000 }] as const,
  );
  return new Map(costs.sort(([, a], [, b]) => b.milliseconds - a.milliseconds));
}

async function metric(port: number, name: string): Promise<number> {
  const page = await fetch(`http://127.0.0.1:${port}/metrics`).then(
    (answer) => answer.text(),
    () => "",
  );
  return Number(new RegExp(`^${name} (\\S+)`, "m").exec(page)?.[1] ?? 0);
}

async function ask<Answer extends LastNotified>(child: ChildProcess, order: Order): Promise<Answer> {
  child.send(order);
  const [answer] = await once(child, "message");
  return answer as Answer;
}

/** Asked of the system, since to ask the worker for its metrics costs it something. */
const residentBytes = ({ pid }: ChildProcess): number =>
  1_024 * Number(spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).stdout);

/** How `npm start` starts it: settings, then node with its arguments. */
const start = (() => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { start: string } };
  const words = scripts.start.split(" ");
  const node = words.indexOf("node");
  return {
    env: Object.fromEntries(words.slice(0, node).map((word) => word.split("="))) as Record<string, string>,
    args: words.slice(node + 1),
  };
})();

/** The processor seconds of the worker, as it counts them. */
const PROCESSOR = "process_cpu_seconds_total";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

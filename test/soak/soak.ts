import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { labelIncident } from "../../src/pipeline/actions/label.ts";
import { mute } from "../../src/pipeline/actions/mute.ts";
import { planEvent } from "../../src/pipeline/actions/plan-event.ts";
import { DAY, HOUR, type Hour, MINUTE } from "../../src/time/time.ts";
import { QUEUE_PREFIX } from "../../workers/queues.ts";
import { memoryByKind } from "../bench/memory.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { type Stage, setStage, stagedApp } from "../support/stage.ts";
import { until } from "../support/until.ts";
import type { Memory, Order } from "./worker.ts";

/** What stands at the end of a simulated day, in bytes. */
export interface Sample extends Memory {
  readonly day: number;
  readonly redis: number;
  /** By kind of key. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Keys without a life time, of which there must not be more and more; those of the queues apart. */
  readonly immortal: number;
  /** Keys of the queues: of each the last 100 jobs are kept, and rare kinds take months to have so many. */
  readonly jobs: number;
  readonly incidents: number;
}

export interface SoakOptions {
  readonly days: number;
  readonly series: number;
  readonly lastNotified?: (sample: Sample) => void;
}

/** How often it is looked whether an hour is evaluated, in milliseconds: to ask takes time from the worker. */
const LOOK = 50;

/** Lives through so many days, each with drops, spikes and what people do, and looks at memory at the end of each. */
export async function soak({ days, series, lastNotified }: SoakOptions): Promise<Sample[]> {
  const apps = Array.from({ length: series }, (_, i) => stagedApp(`app-${i}`, i));
  const stage = await setStage(noon, { apps, concurrency: 20, logLevel: "error" });
  const worker = fork(new URL("worker.ts", import.meta.url), {
    execArgv: [
      "--expose-gc",
      "--min-semi-space-size=4",
      "--max-semi-space-size=4",
      "--heap-growing-percent=30",
    ],
    env: { ...process.env, MALLOC_ARENA_MAX: "1" },
  });
  const samples: Sample[] = [];
  try {
    for (const { id } of apps)
      await stage.bot.watches.save(
        anAppWatch({ id, appName: id, series: { workspace: "main", app: id, unit: "hour" } }),
      );
    const order = (one: Order) => worker.send(one);
    order({ now: stage.now(), start: { redisUrl: stage.redis.url, config: stage.config } });
    for (let hour = noon; hour < noon + days * DAY; hour += HOUR) {
      if ((hour - noon) % DAY === 0) happen(stage, apps, hour);
      stage.passTo(hour);
      order({ now: stage.now() });
      await until(
        () => pause(LOOK).then(() => isEvaluated(stage, series, hour)),
        `${new Date(hour).toISOString()}`,
        10 * MINUTE,
      );
      if ((hour - noon) % DAY === 12 * HOUR) await intervene(stage, apps, hour);
      if ((hour - noon) % DAY !== 23 * HOUR) continue;
      const sample = await look(stage, worker, apps, (hour - noon - 23 * HOUR) / DAY + 1);
      samples.push(sample);
      lastNotified?.(sample);
    }
    return samples;
  } finally {
    worker.kill("SIGKILL");
    await stage.close();
  }
}

// What is to be said may wait for the next hour: an edit that comes too soon does, while the clock stands still.
async function isEvaluated({ bot }: Stage, series: number, hour: Hour): Promise<boolean> {
  const progress = [...(await bot.progress.all()).values()];
  return progress.filter(({ evaluatedThrough = 0 }) => evaluatedThrough >= hour).length >= series;
}

type Apps = readonly { readonly id: string }[];

/** One in fifty falls and one in a hundred rises, others each day; once a week one in five falls in the same hour. */
function happen({ braze }: Stage, apps: Apps, from: Hour): void {
  const day = (from - noon) / DAY;
  for (const [i, { id: app }] of apps.entries()) {
    const place = (i + 7 * day) % 100;
    const start = from + (2 + (place % 5)) * HOUR;
    if (place % 50 === 0)
      braze.control.happen({ series: { app }, kind: "drop", from: start, hours: 3, size: 0.6 });
    else if (place === 25)
      braze.control.happen({ series: { app }, kind: "spike", from: start, hours: 2, size: 1.5 });
    else if (day % 7 === 3 && place % 5 === 1)
      braze.control.happen({ series: { app }, kind: "outage", from: from + 4 * HOUR, hours: 2 });
  }
}

/** People mute a watch, and another that has an incident until that is over, say of one what it was, and plan. */
async function intervene({ bot }: Stage, apps: Apps, hour: Hour): Promise<void> {
  const by = "U0ADA0001";
  const quiet = apps[(3 * Math.floor((hour - noon) / DAY)) % apps.length]!;
  const until = bot.clock() + 4 * HOUR;
  await mute({ scope: { kind: "watch", watch: quiet.id }, until, by }, bot);
  const planned = {
    name: "Push",
    from: hour + 10 * HOUR,
    to: hour + 12 * HOUR,
    scope: { app: quiet.id },
    by,
  };
  await planEvent(planned, bot);
  const opened = await Promise.all(apps.map(({ id }) => bot.incidents.since(id, hour - DAY / 2)));
  const going = opened.flat().find(({ resolvedAt }) => resolvedAt === undefined);
  if (going) await mute({ scope: { kind: "watch", watch: going.watchId }, until: "recovery", by }, bot);
  const [first] = opened.flat();
  if (first) await labelIncident(first.id, "real", by, bot);
}

async function look(stage: Stage, worker: ChildProcess, apps: Apps, day: number): Promise<Sample> {
  const { connection, bot } = stage;
  worker.send("memory" satisfies Order);
  const [memory] = (await once(worker, "message")) as [Memory];
  const keys = await connection.keys("*");
  const lives = await Promise.all(keys.map((key) => connection.ttl(key)));
  const incidents = await Promise.all(apps.map(({ id }) => bot.incidents.since(id, 0)));
  return {
    day,
    ...memory,
    redis: Number(/used_memory:(\d+)/.exec(await connection.info("memory"))?.[1]),
    kinds: await memoryByKind(connection),
    immortal: lives.filter((life, i) => life === -1 && !isOfQueue(keys[i]!)).length,
    jobs: keys.filter(isOfQueue).length,
    incidents: incidents.flat().length,
  };
}

const isOfQueue = (key: string): boolean => key.startsWith(QUEUE_PREFIX);

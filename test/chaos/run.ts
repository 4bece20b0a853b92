import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { HOUR } from "../../src/core/time.ts";
import { noon } from "../builders.ts";
import { apps, type Stage, setStage, watches } from "../stage.ts";
import type { Orders } from "./worker.ts";

/** What came of one run of the story. */
export interface Outcome {
  readonly killedAt: readonly number[];
  /** Root messages in the channel; one is right. */
  readonly roots: number;
  readonly replies: number;
  /** Buckets of all watches that were not judged. */
  readonly gaps: number;
  /** Incidents beyond the one there was. */
  readonly extraIncidents: number;
  readonly resolved: boolean;
  /** Whether the incident's sums are those of an undisturbed run. */
  readonly balance: number;
}

const at = (hours: number) => noon + hours * HOUR;
const LAST = 9;

/**
 * The story of three apps, one with an outage of three hours, in which the worker is killed (SIGKILL) each time the
 * given number of milliseconds have passed since its start.
 */
export async function chaosRun(killAfter: readonly number[]): Promise<Outcome> {
  const stage = await setStage(noon);
  const workers = keepWorker(stage, killAfter);
  try {
    for (const watch of watches) await stage.bot.watches.save(watch);
    stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(3), hours: 3 });
    await stage.liveThrough(at(LAST));
    return await outcomeOf(stage, workers.killed);
  } finally {
    workers.stop();
    await stage.close();
  }
}

/** Keeps a worker process running: a killed one is followed by another, which gets the time told as it passes. */
function keepWorker(stage: Stage, killAfter: readonly number[]) {
  const killed: number[] = [];
  const plan = [...killAfter];
  let child: ChildProcess;
  let stopped = false;
  const ticking = setInterval(() => tell({ now: stage.now() }), 5);
  const tell = (orders: Orders) => child.connected && child.send(orders, () => {});
  const start = () => {
    child = fork(new URL("worker.ts", import.meta.url), { stdio: "ignore" });
    tell({ now: stage.now(), start: { redisUrl: stage.redis.url, config: stage.config } });
    const delay = plan.shift();
    if (delay !== undefined) {
      once(child, "message").then(() =>
        setTimeout(() => {
          killed.push(delay);
          child.kill("SIGKILL");
        }, delay),
      );
    }
    child.once("exit", () => !stopped && start());
  };
  start();
  return {
    killed,
    stop() {
      stopped = true;
      clearInterval(ticking);
      child.kill("SIGKILL");
    },
  };
}

async function outcomeOf({ bot, slack }: Stage, killedAt: readonly number[]): Promise<Outcome> {
  const messages = slack.messages("C0ALERTS1");
  const incidents = (await Promise.all(apps.map((app) => bot.incidents.since(app, noon)))).flat();
  const judged = await Promise.all(
    apps.map(async (app) =>
      (await bot.journal.between(app, noon, at(LAST))).filter(({ verdict }) => verdict !== "unjudged"),
    ),
  );
  return {
    killedAt,
    roots: messages.filter(({ threadTs }) => threadTs === undefined).length,
    replies: messages.filter(({ threadTs }) => threadTs !== undefined).length,
    gaps: apps.length * (LAST + 1) - judged.flat().length,
    extraIncidents: incidents.length - 1,
    resolved: incidents[0]?.told?.resolved === true,
    balance: Math.round(incidents[0]?.balance ?? 0),
  };
}

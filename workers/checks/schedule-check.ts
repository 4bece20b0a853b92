import type { Bot } from "../../src/bot.ts";
import { failuresOf } from "../../src/health/checks.ts";
import type { Log } from "../../src/log.ts";
import { reportIssue } from "../../src/pipeline/check-health.ts";
import { tick } from "../../src/pipeline/tick.ts";
import { redact } from "../../src/redact.ts";
import type { QueueName, Queues } from "../queues.ts";
import type { Pace } from "../runner.ts";
import { logHealthIssue } from "./health-monitor.ts";

export interface ScheduleCheckOptions {
  readonly bot: Bot;
  readonly queues: Pick<Queues, "lastRun" | "restart" | "lost" | "free">;
  readonly pace: Pick<Pace, "tickEvery" | "checkEvery" | "quietFor">;
  readonly log: Log;
}

/** The jobs that start all others, and that themselves start only from a schedule in Redis. */
const watched = ["tick", "health"] as const;

/** How many ids of each queue are checked in one round. The next round checks the others. */
const AT_ONCE = 200;

/**
 * Checks by this process's own clock whether the tick and the health monitor run, on any worker. It restores a missing
 * one, logs this and reports it as a health issue. It also frees ids that wait for a job that Redis has lost. Nothing
 * in it depends on a tick or a queue.
 */
export function checkSchedule({ bot, queues, pace, log }: ScheduleCheckOptions): { stop(): Promise<void> } {
  const seen = new Map<
    QueueName,
    { readonly run: number | undefined; readonly at: number; attempts: number }
  >();
  const lost = new Map<QueueName, ReadonlyMap<string, string>>();
  const stopping = Promise.withResolvers<void>();
  let isStopping = false;

  async function look(): Promise<void> {
    for (const name of watched) {
      const run = await queues.lastRun(name);
      const before = seen.get(name);
      const now = performance.now();
      if (!before || before.run !== run) seen.set(name, { run, at: now, attempts: 0 });
      else if (now - before.at >= pace.quietFor * (before.attempts + 1)) {
        before.attempts++;
        await restore(name, before.attempts);
      }
    }
    for (const [name, ids] of await wanted(bot)) await freeLost(name, ids.slice(0, AT_ONCE));
  }

  // A job that ends during the check may look lost, so only one that looks lost twice counts.
  async function freeLost(name: QueueName, ids: readonly string[]): Promise<void> {
    const before = lost.get(name);
    const now = await queues.lost(name, ids);
    lost.set(name, now);
    for (const [id, jobId] of now) {
      if (before?.get(id) !== jobId) continue;
      await queues.free(name, id);
      log.warn({ queue: name, of: id }, "queue.job-lost");
    }
  }

  async function restore(name: "tick" | "health", attempts: number): Promise<void> {
    // One of several processes does it.
    if (!(await bot.seen.isFirst(`restore ${name}`, pace.quietFor / 2))) return;
    await queues.restart(name, pace.tickEvery, attempts > 1);
    const stalled = { job: name, since: bot.clock() - attempts * pace.quietFor, restored: attempts };
    for (const issue of failuresOf("schedule", { stalled: [stalled] })) {
      log.error({ queue: name, attempts, advice: issue.advice }, "schedule.restored");
      await reportIssue(issue, bot, (reason, healthIssue) => logHealthIssue(reason, healthIssue, log));
    }
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      await Promise.race([pause(pace.checkEvery), stopping.promise]);
      if (isStopping) return;
      const begun = performance.now();
      const isWell = await look().then(
        () => true,
        (error: unknown) => {
          log.debug({ error: redact(String(error)) }, "schedule.unchecked");
          return false;
        },
      );
      // While Redis is unreachable or refuses writes no tick can run, and another check reports this.
      if (!isWell || performance.now() - begun > pace.quietFor / 2) seen.clear();
    }
  }

  const running = run();
  return {
    async stop() {
      isStopping = true;
      stopping.resolve();
      await running;
    },
  };
}

/** The work that is due now, and so has a job or may get one. */
async function wanted(bot: Bot): Promise<[QueueName, readonly string[]][]> {
  const { collect, evaluate, notify } = await tick(bot);
  return [
    ["collect", collect],
    ["evaluate", evaluate],
    ["notify", notify],
    ["deliver", bot.destinations.map(({ name }) => name)],
    ["announce", await bot.changes.unannounced()],
    ["calendar", [...new Set((await bot.watches.all()).map(({ channel }) => channel))]],
    ["health", ["health"]],
  ];
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

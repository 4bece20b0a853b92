import type { ConnectionOptions } from "bullmq";
import type { Bot } from "../src/bot.ts";
import type { Log } from "../src/log.ts";
import { announceWorker } from "./announce.ts";
import { calendarWorker } from "./calendar.ts";
import { healthWorker } from "./checks/health-monitor.ts";
import { checkSchedule } from "./checks/schedule-check.ts";
import { collectWorkers } from "./collect.ts";
import { deliverWorker } from "./deliver.ts";
import { evaluateJob, evaluateWorker, evaluatingAtOnce } from "./evaluate.ts";
import { notifyWorker } from "./notify.ts";
import { openQueues, type QueueName, type Queues } from "./queues.ts";
import { defaultPace, type Pace, type Runtime, worksOn } from "./runner.ts";
import { tickWorker } from "./tick.ts";

/** The running workers. */
export interface Workers {
  readonly tick: ReturnType<typeof tickWorker>;
  readonly collect: ReturnType<typeof collectWorkers>;
  readonly evaluate: ReturnType<typeof evaluateWorker>;
  readonly notify: ReturnType<typeof notifyWorker>;
  readonly deliver: ReturnType<typeof deliverWorker>;
  readonly announce: ReturnType<typeof announceWorker>;
  readonly health: ReturnType<typeof healthWorker>;
  readonly calendar: ReturnType<typeof calendarWorker>;
  readonly queues: Pick<Queues, "depths" | "outcomes" | "lastTick" | "announce">;
  /** Workers that stopped although nobody stopped them: there should be none. */
  stopped(): string[];
  /** Lets running jobs finish. Does not return while Redis is unreachable: callers set a deadline. */
  stop(): Promise<void>;
}

/** Starts the workers of all queues, or of `only` some, and the tick that starts the flow. */
export async function startWorkers(
  bot: Bot,
  connection: ConnectionOptions,
  log: Log,
  pace: Pace = defaultPace,
  { failed, only, telemetry }: Pick<Runtime, "failed" | "only" | "telemetry"> = {},
): Promise<Workers> {
  const runtime: Runtime = {
    connection,
    log,
    pace,
    ...(failed && { failed }),
    ...(only && { only }),
    ...(telemetry && { telemetry }),
  };
  const workspaces = bot.workspaces.map(({ name }) => name);
  const queues = openQueues(connection, log, { workspaces, groupWait: pace.groupWait, telemetry });
  const evaluating = evaluateJob(bot, queues);
  const workers = {
    tick: tickWorker(bot, queues, runtime),
    collect: collectWorkers(bot, evaluatingAtOnce(evaluating, queues, runtime), runtime),
    evaluate: evaluateWorker(bot, evaluating, runtime),
    notify: notifyWorker(bot, runtime),
    deliver: deliverWorker(bot, runtime),
    announce: announceWorker(bot, runtime),
    health: healthWorker(bot, queues, runtime),
    calendar: calendarWorker(bot, runtime),
  };
  const deaf = bot.wakeUps.passTo({
    notify: queues.notifyNow,
    deliver: queues.deliver,
    announce: queues.announce,
  });
  if (worksOn(runtime, "tick")) await queues.startTicking(pace.tickEvery);
  const schedule = checkSchedule({ bot, queues, pace, log });
  return {
    ...workers,
    queues,
    stopped: () =>
      Object.values(workers)
        .map(({ name }) => name as QueueName)
        .filter((name) => worksOn(runtime, name) && !workers[name].isRunning()),
    async stop() {
      deaf();
      await schedule.stop();
      await Promise.all(Object.values(workers).map((worker) => worker.close()));
      await queues.close();
    },
  };
}

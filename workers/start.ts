import type { ConnectionOptions } from "bullmq";
import type { Bot } from "../src/bot.ts";
import type { Log } from "../src/log.ts";
import { collectWorker } from "./collect.ts";
import { evaluateWorker } from "./evaluate.ts";
import { notifyWorker } from "./notify.ts";
import { openQueues } from "./queues.ts";
import { defaultPace, type Pace } from "./runner.ts";
import { tickWorker } from "./tick.ts";

/** The running workers. */
export interface Workers {
  readonly collect: ReturnType<typeof collectWorker>;
  readonly evaluate: ReturnType<typeof evaluateWorker>;
  readonly notify: ReturnType<typeof notifyWorker>;
  /** Lets running jobs finish. Does not return while Redis is gone: callers set a deadline. */
  stop(): Promise<void>;
}

/** Starts the workers of all four queues, and the tick that sets them going. */
export async function startWorkers(
  bot: Bot,
  connection: ConnectionOptions,
  log: Log,
  pace: Pace = defaultPace,
): Promise<Workers> {
  const runtime = { connection, log, pace };
  const queues = openQueues(connection, log);
  const workers = {
    tick: tickWorker(bot, queues, runtime),
    collect: collectWorker(bot, queues, runtime),
    evaluate: evaluateWorker(bot, queues, runtime),
    notify: notifyWorker(bot, runtime),
  };
  await queues.startTicking(pace.tickEvery);
  return {
    ...workers,
    async stop() {
      await Promise.all(Object.values(workers).map((worker) => worker.close()));
      await queues.close();
    },
  };
}

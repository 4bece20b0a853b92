import type { Bot } from "../src/bot.ts";
import type { Log } from "../src/log.ts";
import { collectOrHold } from "../src/pipeline/collecting/collect-or-hold.ts";
import { seriesRef } from "../src/series/series.ts";
import type { Queues } from "./queues.ts";
import { type Handle, type Runtime, runWorker, together } from "./runner.ts";

const levels = { "quota-short": "warn", failure: "error", recovered: "info" } as const;

/** fetch → store: reads the due hours of one series, and has them evaluated. */
export const collectJob =
  (bot: Bot, queues: Pick<Queues, "evaluate">, log: Log): Handle<"collect"> =>
  async ({ seriesId, isProbe = false }, job) => {
    const { workspace } = seriesRef(seriesId);
    const collected = await collectOrHold(seriesId, bot, {
      // A series that was refused itself retries at its own interval.
      isProbe: isProbe || job.attemptsStarted > 1,
      onNews: (event, report) => log[levels[event]]({ workspace, seriesId, ...report }, `braze.${event}`),
      backfilled: (done, total) => job.updateProgress({ seriesId, done, total }),
    });
    if ("ready" in collected && collected.ready) await queues.evaluate([seriesId]);
    return collected;
  };

/** A worker for each workspace, so that a workspace that does not answer delays no other. */
export const collectWorkers = (bot: Bot, queues: Pick<Queues, "evaluate">, runtime: Runtime) =>
  together(
    "collect",
    bot.workspaces.map(({ name: workspace }) =>
      runWorker("collect", runtime, collectJob(bot, queues, runtime.log), {
        workspace,
        concurrency: bot.concurrency,
      }),
    ),
  );

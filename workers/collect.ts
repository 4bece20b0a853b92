import type { Bot } from "../src/bot.ts";
import { seriesRef } from "../src/core/series.ts";
import { PermanentError, TransientError } from "../src/errors.ts";
import { noteArrival } from "../src/pipeline/arrival.ts";
import { collect } from "../src/pipeline/collect.ts";
import { type Held, holdRefused, spare } from "../src/pipeline/sparing.ts";
import { clearTrouble, raiseTrouble } from "../src/pipeline/trouble.ts";
import type { Queues } from "./queues.ts";
import { type Runtime, runWorker } from "./runner.ts";

/** fetch → store: reads what is due of one series, and queues its evaluation. */
export const collectWorker = (bot: Bot, queues: Queues, runtime: Runtime) =>
  runWorker(
    "collect",
    runtime,
    async ({ seriesId }, job) => {
      const { workspace } = seriesRef(seriesId);
      const put = (held: Held): Held => {
        if (held.news) runtime.log.warn({ workspace, seriesId, ...held.news }, "braze.quota-short");
        return held;
      };
      const spared = await spare(seriesId, bot);
      if (spared) return put(spared);
      try {
        const collected = await collect(seriesId, bot, (done, total) =>
          job.updateProgress({ seriesId, done, total }),
        );
        // Where nothing was due, Braze was not asked.
        for (const name of collected.due > 0 ? [workspace, seriesId] : []) {
          const over = await clearTrouble(name, bot);
          if (over) runtime.log.info({ workspace, seriesId, ...over }, "braze.recovered");
        }
        if (collected.arrived !== undefined) await noteArrival(seriesId, collected.arrived, bot);
        if (collected.ready) await queues.evaluate([seriesId]);
        return collected;
      } catch (error) {
        // Held by itself, so that the queue goes on with the other workspaces.
        const held = await holdRefused(seriesId, error, bot);
        if (held) return put(held);
        if (error instanceof PermanentError || error instanceof TransientError) {
          const news = await raiseTrouble(workspace, seriesId, error, bot);
          if (news) runtime.log.error({ workspace, seriesId, ...news }, "braze.trouble");
        }
        throw error;
      }
    },
    { concurrency: bot.concurrency },
  );

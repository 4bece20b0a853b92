import type { Bot } from "../src/bot.ts";
import { evaluate } from "../src/pipeline/evaluate.ts";
import type { Queues } from "./queues.ts";
import { type Handle, type Runtime, runWorker } from "./runner.ts";

/** score → verdict → incident → decide: evaluates the collected hours of one series, and queues the notifications. */
export const evaluateJob =
  (bot: Bot, queues: Pick<Queues, "notify">): Handle<"evaluate"> =>
  async ({ seriesId }) => {
    const evaluated = await evaluate(seriesId, bot);
    await queues.notify(evaluated.notify);
    return evaluated;
  };

export const evaluateWorker = (bot: Bot, queues: Queues, runtime: Runtime) =>
  runWorker("evaluate", runtime, evaluateJob(bot, queues), { concurrency: bot.concurrency });

import type { Bot } from "../src/bot.ts";
import { type Evaluated, evaluate } from "../src/pipeline/evaluate.ts";
import type { Jobs, Queues } from "./queues.ts";
import { type Runtime, runWorker, worksOn } from "./runner.ts";

/**
 * score → verdict → incident → decide: evaluates the collected hours of one series, and queues the notifications. A
 * series that is being evaluated in this process comes afterwards, when there may be nothing left to do.
 */
export function evaluateJob(bot: Bot, queues: Pick<Queues, "notify">) {
  const running = new Map<string, Promise<unknown>>();
  return async ({ seriesId }: Jobs["evaluate"]): Promise<Evaluated> => {
    while (running.has(seriesId)) await running.get(seriesId);
    const evaluating = evaluate(seriesId, bot);
    const ended = evaluating.catch(() => {}).then(() => running.delete(seriesId));
    running.set(seriesId, ended);
    const evaluated = await evaluating;
    if (evaluated.notify.length > 0) await queues.notify(evaluated.notify);
    return evaluated;
  };
}

/**
 * Evaluates a series that was just collected, in the job that collected it: a job of its own would cost more than the
 * evaluation. Where this process does not evaluate, or the evaluation fails, it is queued.
 */
export const evaluatingAtOnce = (
  handle: ReturnType<typeof evaluateJob>,
  queues: Pick<Queues, "evaluate">,
  runtime: Pick<Runtime, "only">,
): Pick<Queues, "evaluate"> => ({
  async evaluate(seriesIds) {
    if (!worksOn(runtime, "evaluate")) return queues.evaluate(seriesIds);
    // The job tries again, and reports the error if it lasts.
    for (const seriesId of seriesIds) await handle({ seriesId }).catch(() => queues.evaluate([seriesId]));
  },
});

export const evaluateWorker = (bot: Bot, handle: ReturnType<typeof evaluateJob>, runtime: Runtime) =>
  runWorker("evaluate", runtime, handle, { concurrency: bot.concurrency });
